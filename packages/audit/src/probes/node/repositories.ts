import { defineProbe } from '../../probe.ts';

/** One source of packages. */
export interface PackageSource {
  readonly file: string;
  /** Number of its line, or of the first line of its paragraph or section. */
  readonly line: number;
  /** Host name, or `file`; addresses may hold passwords. */
  readonly host: string;
  /** Signatures are checked. */
  readonly isVerified: boolean;
}

export interface PackageSources {
  readonly manager: 'apt' | 'yum' | null;
  readonly sources: readonly PackageSource[];
}

/** Where packages come from and whether their signatures are checked. */
export const nodeRepositories = defineProbe({
  id: 'node.repositories',
  subject: 'node',
  title: 'Package sources and whether signatures are checked (apt, yum), hosts only',
  privilege: 'none',
  grants: [],
  async collect({ node }): Promise<PackageSources> {
    const sources: PackageSource[] = [];
    const main = await node.readText('/etc/apt/sources.list');
    if (main !== undefined) sources.push(...parseAptLines(main, '/etc/apt/sources.list'));
    const parts = await node.list('/etc/apt/sources.list.d');
    for (const name of parts ?? []) {
      const file = `/etc/apt/sources.list.d/${name}`;
      if (name.endsWith('.list')) sources.push(...parseAptLines((await node.readText(file)) ?? '', file));
      if (name.endsWith('.sources')) sources.push(...parseDeb822((await node.readText(file)) ?? '', file));
    }
    if (main !== undefined || parts !== undefined) return { manager: 'apt', sources };
    const folder = await node.list('/etc/yum.repos.d');
    if (folder === undefined) return { manager: null, sources: [] };
    const global = /^\s*gpgcheck\s*=\s*(?:1|true|yes)/im.test((await node.readText('/etc/yum.conf')) ?? '');
    for (const name of folder.filter((file) => file.endsWith('.repo'))) {
      const file = `/etc/yum.repos.d/${name}`;
      sources.push(...parseYum((await node.readText(file)) ?? '', file, global));
    }
    return { manager: 'yum', sources };
  },
});

const hostOf = (url: string): string => {
  const match = /^(?<scheme>[a-z+]+):(?:\/\/(?:[^/@]*@)?(?<host>[^/:]+))?/i.exec(url)?.groups;
  return match?.['host'] ?? match?.['scheme'] ?? 'unknown';
};

/** `deb [trusted=yes] https://host/path suite component`. */
export const parseAptLines = (text: string, file: string): readonly PackageSource[] =>
  text.split('\n').flatMap((line, index) => {
    const match = /^\s*deb(?:-src)?\s+(?:\[(?<options>[^\]]*)\]\s+)?(?<url>\S+)/.exec(line)?.groups;
    if (match === undefined) return [];
    const isVerified = !/\b(?:trusted|allow-insecure)=yes\b/i.test(match['options'] ?? '');
    return [{ file, line: index + 1, host: hostOf(match['url'] ?? ''), isVerified }];
  });

/** Paragraphs of `Key: value` lines. */
export function parseDeb822(text: string, file: string): readonly PackageSource[] {
  const sources: PackageSource[] = [];
  let line = 1;
  for (const paragraph of text.split(/\n[ \t]*\n/)) {
    const value = (key: string): string | undefined =>
      new RegExp(`^${key}:[ \\t]*(?<value>.*)$`, 'im').exec(paragraph)?.groups?.['value']?.trim();
    const urls = value('URIs')?.split(/\s+/) ?? [];
    const isOff = value('Enabled')?.toLowerCase() === 'no';
    const isVerified = value('Trusted')?.toLowerCase() !== 'yes' && value('Allow-Insecure')?.toLowerCase() !== 'yes';
    if (!isOff) sources.push(...urls.map((url) => ({ file, line, host: hostOf(url), isVerified })));
    line += paragraph.split('\n').length + 1;
  }
  return sources;
}

/** Sections of an INI file. */
export function parseYum(text: string, file: string, isGlobal: boolean): readonly PackageSource[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (/^\s*\[.+\]/.test(line) ? [index] : []));
  return starts.flatMap((start, at) => {
    const section = lines.slice(start, starts[at + 1]).join('\n');
    if (/^\s*enabled\s*=\s*(?:0|false|no)/im.test(section)) return [];
    const url = /^\s*(?:baseurl|mirrorlist|metalink)\s*=\s*(?<url>\S+)/im.exec(section)?.groups?.['url'] ?? '';
    const check = /^\s*gpgcheck\s*=\s*(?<word>\S+)/im.exec(section)?.groups?.['word'];
    const isVerified = check === undefined ? isGlobal : /^(?:1|true|yes)$/i.test(check);
    return [{ file, line: start + 1, host: hostOf(url), isVerified }];
  });
}
