import { dirname } from 'node:path';
import { findPublishedPassword } from '../../node/published-passwords.ts';
import { defineProbe } from '../../probe.ts';
import { isJsonObject, redactDocument, type Json } from '../../redact-document.ts';
import { readYaml } from './read-yaml.ts';

/** A password in patroni.yml: where, whose, and whether anybody could guess it. The password stays on the host. */
export interface PatroniSecretFact {
  /** `restapi.authentication.password` */
  readonly at: string;
  readonly user: string;
  /** Name of the published password it is, `same as the user name`, or null for another. */
  readonly published: string | null;
  /** It is the name of its user, or of the cluster. */
  readonly isUser: boolean;
  readonly isScope: boolean;
}

export interface PatroniYmlFact {
  readonly path: string;
  /** Of the file itself: `0600`. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  /** Of the folder it lies in. */
  readonly folderMode: string | null;
  readonly document: { readonly [key: string]: Json };
  readonly secrets: readonly PatroniSecretFact[];
}

/** patroni.yml without its secrets; null where there is none. */
export const nodePatroniYml = defineProbe({
  id: 'node.patroni-yml',
  subject: 'node',
  title: 'Configuration of Patroni (patroni.yml) without its secrets, which are compared on the host',
  privilege: 'read patroni.yml on the node: its owner, or root',
  grants: [],
  async collect({ node }): Promise<PatroniYmlFact | null> {
    const path = node.paths.patroniConfig;
    const text = await node.readText(path);
    const facts = await node.facts(path, { follow: true });
    if (text === undefined || facts === undefined) return null;
    const folder = await node.facts(dirname(path), { follow: true });
    const document = readYaml(text, path);
    const redacted = redactDocument(document);
    return {
      path,
      mode: facts.mode,
      owner: facts.owner,
      group: facts.group,
      folderMode: folder?.mode ?? null,
      document: isJsonObject(redacted) ? redacted : {},
      secrets: await secretsOf(document),
    };
  },
});

const places: readonly (readonly string[])[] = [
  ['restapi', 'authentication'],
  ['etcd3'],
  ['etcd'],
  ['postgresql', 'authentication', 'superuser'],
  ['postgresql', 'authentication', 'replication'],
  ['postgresql', 'authentication', 'rewind'],
];

async function secretsOf(document: Readonly<Record<string, unknown>>): Promise<readonly PatroniSecretFact[]> {
  const secrets: PatroniSecretFact[] = [];
  const scope = document['scope'];
  for (const place of places) {
    const at = place.reduce<unknown>((value, key) => fieldsOf(value)[key], document);
    const { username, password } = fieldsOf(at);
    if (password === undefined || password === null || password === '') continue;
    const user = typeof username === 'string' ? username : '';
    const secret = typeof password === 'string' ? password : typeof password === 'number' ? String(password) : '';
    secrets.push({
      at: `${place.join('.')}.password`,
      user,
      published: await findPublishedPassword(secret, user),
      isUser: user !== '' && secret === user,
      isScope: secret === scope,
    });
  }
  return secrets;
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
