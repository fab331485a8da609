import { exitCode, type CommandSpec } from '@pgattest/runtime';
import { periodSchema } from '../report/period/schema.ts';
import { reportSchema } from '../report/schema.ts';

/** `pgattest audit report-schema`: JSON Schema of `report.json`, or of `period.json`. */
export const reportSchemaCommand: CommandSpec = {
  name: 'report-schema',
  summary: 'print the JSON Schema of report.json or period.json',
  example: 'pgattest audit report-schema --of period > period.schema.json',
  options: [
    { flags: '--of <report>', summary: 'report of a run or of a period', choices: ['run', 'period'], default: 'run' },
  ],
  async run({ options, stdout }) {
    const schema = options['of'] === 'period' ? periodSchema : reportSchema;
    stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    return exitCode.ok;
  },
};
