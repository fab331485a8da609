import { longNameOf, type AgentSection } from './agent-schema.ts';
import type { AgentProgram } from './agent-program.ts';
import { splitWords, type FileEnvironment } from './environment-file.ts';

/**
 * The command line a section stands for: the words of the environment file's options variable, then the section's own
 * options, which win. Undefined when a quote in the variable does not end.
 */
export function commandLineOf(
  program: AgentProgram,
  { options = {} }: AgentSection,
  environment: FileEnvironment,
): readonly string[] | undefined {
  const words = splitWords(environment[program.optionsVariable] ?? '');
  if (words === undefined) return undefined;
  return [
    ...withoutOptions(program, words, new Set(Object.keys(options))),
    ...Object.entries(options).flatMap(flagsOf),
  ];
}

function flagsOf([name, value]: readonly [string, unknown]): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => (one === true ? `--${name}` : `--${name}=${String(one)}`));
}

/** An option that may be repeated would otherwise be said twice: by the file and by the section. */
function withoutOptions(
  program: AgentProgram,
  words: readonly string[],
  named: ReadonlySet<string>,
): readonly string[] {
  const takesValue = new Set(
    program.command.options.filter(({ flags }) => /[<[]/u.test(flags)).map(({ flags }) => longNameOf(flags)),
  );
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const { name, value } = /^--(?<name>[^=]+)(?<value>=.*)?$/su.exec(word)?.groups ?? {};
    if (name === undefined || !named.has(name)) kept.push(word);
    else if (value === undefined && takesValue.has(name)) at += 1;
  }
  return kept;
}
