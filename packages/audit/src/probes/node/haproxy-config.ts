import { parseHaproxyConfig, splitConfigLine, type HaproxySection } from '@pgattest/connect';
import type { FileFacts, NodeAccess } from '../../node/access.ts';
import { findPublishedPassword } from '../../node/published-passwords.ts';
import { defineProbe } from '../../probe.ts';

/** A login that a file of HAProxy holds; the password never leaves the host. */
export interface HaproxyLogin {
  readonly line: number;
  readonly kind: 'stats auth' | 'insecure-password' | 'password';
  readonly user: string;
  /** Name of the published password it is; null for another, and for a hash (`password`), which is not looked into. */
  readonly published: string | null;
}

/** One file of the configuration, with what `stat` says of it. */
export interface HaproxyConfigPart extends FileFacts {
  readonly sections: readonly HaproxySection[];
  readonly isConditional: boolean;
  readonly logins: readonly HaproxyLogin[];
}

/** haproxy.cfg, then the files of conf.d beside it in the order HAProxy reads them. Null where there is none. */
export type HaproxyConfig = { readonly files: readonly HaproxyConfigPart[] } | null;

/** The configuration of HAProxy on this host, without its secrets. */
export const nodeHaproxyConfig = defineProbe({
  id: 'node.haproxy-config',
  subject: 'node',
  title: 'Configuration of HAProxy (haproxy.cfg and conf.d), without its secrets',
  privilege: 'read haproxy.cfg and conf.d beside it on the node',
  grants: [],
  async collect({ node }): Promise<HaproxyConfig> {
    const main = node.paths.haproxyConfig;
    const first = await readPart(node, main);
    if (first === undefined) return null;
    const folder = main.replace(/[^/]*$/u, 'conf.d');
    const names = (await node.list(folder)) ?? [];
    const parts: HaproxyConfigPart[] = [first];
    for (const name of names.filter((file) => file.endsWith('.cfg'))) {
      const part = await readPart(node, `${folder}/${name}`);
      if (part !== undefined) parts.push(part);
    }
    return { files: parts };
  },
});

async function readPart(node: NodeAccess, path: string): Promise<HaproxyConfigPart | undefined> {
  const text = await node.readText(path);
  const facts = await node.facts(path, { follow: true });
  if (text === undefined || facts === undefined) return undefined;
  const { sections, isConditional } = parseHaproxyConfig(text, path);
  return { ...facts, sections, isConditional, logins: await loginsOf(text, sections) };
}

/** Reads the logins from the text itself, as the sections hold no secret. */
async function loginsOf(text: string, sections: readonly HaproxySection[]): Promise<readonly HaproxyLogin[]> {
  const logins: HaproxyLogin[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const split = splitConfigLine(raw);
    const words = split.ok ? split.words : [];
    const line = index + 1;
    const isUserlist = sections.some(
      (section) => section.kind === 'userlist' && section.line < line && line <= section.endLine,
    );
    if (words[0] === 'stats' && words[1] === 'auth') {
      const [user = '', ...rest] = (words[2] ?? '').split(':');
      logins.push({ line, kind: 'stats auth', user, published: await findPublishedPassword(rest.join(':'), user) });
    } else if (isUserlist && words[0] === 'user') {
      const user = words[1] ?? '';
      const at = words.indexOf('insecure-password');
      const published = at === -1 ? null : await findPublishedPassword(words[at + 1] ?? '', user);
      logins.push({ line, kind: at === -1 ? 'password' : 'insecure-password', user, published });
    }
  }
  return logins;
}
