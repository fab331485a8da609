import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backrestFailure, type BackrestResult } from './failure.ts';

/** Where configuration was given. */
export interface ConfigPlace {
  /** `--config`. */
  readonly config?: string;
  /** `--config-include-path`. */
  readonly configIncludePath?: string;
}

/** Sections of a configuration by name, each with its options; a secret's value is `***`. */
export interface BackrestConfigFile {
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The files that were read. */
  readonly files: readonly string[];
}

const defaultConfig = '/etc/pgbackrest/pgbackrest.conf';
/** Where it was before 2.0; still read when the other is missing. */
const formerConfig = '/etc/pgbackrest.conf';
const defaultIncludePath = '/etc/pgbackrest/conf.d';
const secretOption = /(?:-pass|-key|-key-secret|-token|-passphrase)$/;

/**
 * Reads the files pgBackRest itself would read: with only `--config` that file alone, otherwise the default file and
 * the `*.conf` of the include path. Values of secrets are dropped here. Errors: missing, permission, config.
 */
export async function readBackrestConfig(place: ConfigPlace): Promise<BackrestResult<BackrestConfigFile>> {
  const texts: ConfigText[] = [];
  for (const { file, isRequired } of await filesOf(place)) {
    const text = await readText(file);
    if (!text.ok && text.failure.class === 'missing' && !isRequired) continue;
    if (!text.ok) return text;
    texts.push({ file, text: text.value });
  }
  return parseBackrestConfig(texts);
}

/** One file of a configuration. */
export interface ConfigText {
  readonly file: string;
  readonly text: string;
}

/** What these files say together, the first word of each option being kept. Errors: missing without a file, config. */
export function parseBackrestConfig(texts: readonly ConfigText[]): BackrestResult<BackrestConfigFile> {
  const sections = new Map<string, Map<string, string>>();
  for (const { file, text } of texts) {
    const problem = addSections(sections, text);
    if (problem !== undefined) return backrestFailure('config', `${file}:${problem}`);
  }
  if (texts.length > 0) return { ok: true, value: { sections, files: texts.map(({ file }) => file) } };
  return backrestFailure('missing', `there is no configuration of pgBackRest; name it with --backrest.config`);
}

async function filesOf({
  config,
  configIncludePath,
}: ConfigPlace): Promise<readonly { readonly file: string; readonly isRequired: boolean }[]> {
  const first =
    config === undefined
      ? [defaultConfig, formerConfig].map((file) => ({ file, isRequired: false }))
      : [{ file: config, isRequired: true }];
  if (config !== undefined && configIncludePath === undefined) return first;
  const folder = configIncludePath ?? defaultIncludePath;
  const names = await readdir(folder).catch(() => []);
  const included = names.filter((name) => name.endsWith('.conf')).toSorted();
  return [...first, ...included.map((name) => ({ file: join(folder, name), isRequired: true }))];
}

async function readText(file: string): Promise<BackrestResult<string>> {
  try {
    return { ok: true, value: await readFile(file, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return backrestFailure('missing', `there is no file ${file}`);
    const reason = error instanceof Error ? error.message : String(error);
    return backrestFailure(code === 'EACCES' ? 'permission' : 'config', `cannot read ${file}: ${reason}`);
  }
}

/** Line and problem of what is no section, option or comment. */
function addSections(sections: Map<string, Map<string, string>>, text: string): string | undefined {
  let current: Map<string, string> | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const section = /^\[(?<name>.+)\]$/.exec(line)?.groups?.['name'];
    if (section !== undefined) {
      current = sections.get(section) ?? new Map<string, string>();
      sections.set(section, current);
      continue;
    }
    const at = line.indexOf('=');
    // The line itself may hold a secret.
    if (at < 1) return `${index + 1} is neither [section] nor option=value`;
    if (current === undefined) return `${index + 1} has an option before the first [section]`;
    const name = line.slice(0, at).trim();
    const value = line.slice(at + 1).trim();
    // The first value is pgBackRest's too; repeated options are lists, of which nothing here needs the rest.
    if (!current.has(name)) current.set(name, secretOption.test(name) ? '***' : value);
  }
  return undefined;
}
