import { exitCode, type CommandSpec } from '@pgattest/runtime';
import { frameworkSchema } from '../config/framework-schema.ts';

/** `pgattest audit framework-schema`: JSON Schema of a file of `framework_files`. */
export const frameworkSchemaCommand: CommandSpec = {
  name: 'framework-schema',
  summary: 'print the JSON Schema of framework files',
  example: 'pgattest audit framework-schema > framework.schema.json',
  options: [],
  notes:
    'Ids of checks, attestations and parameters are checked by "audit run --check-config --framework-file <file>".',
  async run({ stdout }) {
    const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...frameworkSchema };
    stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    return exitCode.ok;
  },
};
