import { collectors } from '@pgattest/catalog';
import {
  exitCode,
  findNearest,
  RuntimeError,
  writeFileAtomic,
  type CommandContext,
  type CommandSpec,
  type ExitCode,
} from '@pgattest/runtime';
import { collectorFileSchema } from './schema.ts';

/** `pgattest exporter pg dump`: the built-in collectors, or the schema of the format, to start one's own from. */
export const dumpCommand: CommandSpec = {
  name: 'dump',
  summary: "print the built-in collectors in pg_exporter's YAML format",
  example: 'pgattest exporter pg dump pg_repl pg_slot > /etc/pg_exporter.yml',
  arguments: [{ syntax: '[collector...]', summary: 'only these; all without' }],
  options: [
    { flags: '--schema', summary: 'print the JSON Schema of the format instead' },
    { flags: '-o, --output <file>', summary: 'write to a file; - is stdout', default: '-' },
  ],
  run: runDump,
};

async function runDump({ args, options, stdout }: CommandContext): Promise<ExitCode> {
  const known = collectors.map(({ id }) => id);
  for (const id of args) {
    if (known.includes(id)) continue;
    const nearest = findNearest(id, known);
    const hint = nearest === undefined ? 'leave it out to see all' : `did you mean ${nearest}?`;
    throw new RuntimeError('usage', `there is no built-in collector ${id}; ${hint}`);
  }
  const { dumpCollectors } = await import('./dump.ts');
  const wanted = collectors.filter(({ id }) => args.length === 0 || args.includes(id));
  const text =
    options['schema'] === true ? `${JSON.stringify(collectorFileSchema, undefined, 2)}\n` : dumpCollectors(wanted);
  const output = options['output'];
  if (typeof output === 'string' && output !== '-') await writeFileAtomic(output, text);
  else stdout.write(text);
  return exitCode.ok;
}
