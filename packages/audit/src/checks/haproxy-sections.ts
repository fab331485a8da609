import type { ShellEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { shellWord } from '../psql-command.ts';
import type { Text } from '../text.ts';

type Config = NonNullable<FactMap['node.haproxy-config']>;
type Part = Config['files'][number];
export type HaproxySection = Part['sections'][number];
export type HaproxyDirective = HaproxySection['directives'][number];
export type HaproxyService = FactMap['haproxy.stats']['services'][number];

/** A section and the file it stands in. */
export interface PlacedSection {
  readonly path: string;
  readonly section: HaproxySection;
}

/** Every section in the order HAProxy reads them. */
export const sectionsOf = ({ files }: Config): readonly PlacedSection[] =>
  files.flatMap(({ path, sections }) => sections.map((section) => ({ path, section })));

/** The section that chooses among the servers of a proxy: listen, or backend. */
export const findProxy = (config: Config, name: string): PlacedSection | undefined =>
  sectionsOf(config).find(
    ({ section }) => (section.kind === 'listen' || section.kind === 'backend') && section.name === name,
  );

/** The defaults in force for a section: those it names, else the last before it. */
export function findDefaults(config: Config, { section }: PlacedSection): PlacedSection | undefined {
  const all = sectionsOf(config);
  const before = all.slice(
    0,
    all.findIndex((placed) => placed.section === section),
  );
  return before.findLast(
    (placed) => placed.section.kind === 'defaults' && (section.from === null || placed.section.name === section.from),
  );
}

/** Whether an instruction begins with these words. */
export const startsWith = ({ words }: HaproxyDirective, prefix: string): boolean =>
  prefix.split(' ').every((word, at) => words[at] === word);

/** Instructions of a section that begin with these words; its defaults' where it has none itself. */
export function findDirectives(config: Config, placed: PlacedSection, prefix: string): readonly HaproxyDirective[] {
  const own = placed.section.directives.filter((directive) => startsWith(directive, prefix));
  if (own.length > 0 || placed.section.directives.some((directive) => startsWith(directive, `no ${prefix}`)))
    return own;
  const defaults = findDefaults(config, placed)?.section.directives ?? [];
  return defaults.filter((directive) => startsWith(directive, prefix));
}

/** Settings of the servers of a proxy: those of default-server, then its own, by name. */
export function serversOf(
  config: Config,
  placed: PlacedSection,
): readonly { readonly directive: HaproxyDirective; readonly name: string; readonly words: readonly string[] }[] {
  const common = findDirectives(config, placed, 'default-server').flatMap(({ words }) => words.slice(1));
  return placed.section.directives.flatMap((directive) =>
    directive.words[0] === 'server'
      ? [{ directive, name: directive.words[1] ?? '', words: [...common, ...directive.words.slice(2)] }]
      : [],
  );
}

/** The word after a keyword; the last one where it is given twice, as HAProxy takes it. */
export function findValue(words: readonly string[], keyword: string): string | undefined {
  const at = words.lastIndexOf(keyword);
  return at === -1 ? undefined : words[at + 1];
}

/** A time of HAProxy in milliseconds: `2s`, `500ms`, `1d`; a bare number is milliseconds. */
export function haproxyTimeMs(text: string): number | undefined {
  const [, amount, unit = 'ms'] = /^(\d+)(us|ms|s|m|h|d)?$/u.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (unitMs[unit] ?? Number.NaN);
}

const unitMs: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Lines of a section and of its defaults that begin with any of these words, as the file has them. Where one holds a
 * secret, how many there are.
 */
export function sectionEvidence(
  config: Config,
  placed: PlacedSection,
  prefixes: readonly string[],
  expected: Text,
): readonly ShellEvidence[] {
  const defaults = placed.section.kind === 'defaults' ? undefined : findDefaults(config, placed);
  return [placed, ...(defaults === undefined ? [] : [defaults])].map(({ path, section }) => {
    const found = section.directives.filter((directive) => prefixes.some((prefix) => startsWith(directive, prefix)));
    const pattern = `^(${prefixes.map((prefix) => prefix.replaceAll(' ', '[[:space:]]+')).join('|')})([[:space:]]|$)`;
    const lines = `sed -n '${section.line},${section.endLine}p' ${shellWord(path)} | sed -E 's/^[[:space:]]+//'`;
    const isSecret = found.some(({ isRedacted }) => isRedacted);
    return {
      fact: 'node.haproxy-config',
      at: `${section.kind}${section.name === null ? '' : ` ${section.name}`}: ${prefixes.join(', ')}`,
      actual: isSecret ? String(found.length) : found.map(({ text }) => text).join('\n'),
      expected,
      shell: `${lines} | grep -${isSecret ? 'cE' : 'E'} '${pattern}'`,
    };
  });
}

/** Mode, owner and group of the files of the configuration. */
export const configModeEvidence = ({ files }: Config, expected: Text): ShellEvidence => ({
  fact: 'node.haproxy-config',
  at: 'mode of the files',
  actual: files
    .map(({ path, mode, owner, group }) => `${mode.replace(/^0+(?=.)/u, '')} ${owner} ${group} ${path}`)
    .join('\n'),
  expected,
  shell: `stat -L -c '%a %U %G %n' ${files.map(({ path }) => shellWord(path)).join(' ')}`,
});
