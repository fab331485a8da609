import { defineProbe } from '../../probe.ts';
import { readNodeBackrest, type NodeBackrest } from '../../node/backrest-config.ts';
import { publishedSecret } from '../../node/published-passwords.ts';

/** One repository as it is configured. */
export interface BackrestRepository {
  readonly key: number;
  /** posix, cifs, s3, azure, gcs, sftp. */
  readonly type: string;
  readonly path: string | null;
  /** Other host it is reached through, or the endpoint of its object store; null when it is on this host. */
  readonly place: string | null;
  readonly cipherType: string;
  /** Name of the published passphrase, or access secret, that it uses; null when it uses none of them. */
  readonly publishedCipherPass: string | null;
  readonly publishedAccessSecret: string | null;
  /** `repoN-storage-verify-tls` is not switched off. */
  readonly verifiesTls: boolean;
  /** `count` or `time`, in backups or days; null keeps every backup. */
  readonly retentionFullType: string;
  readonly retentionFull: number | null;
  /** Folder of a repository on this host. */
  readonly folder: { readonly mode: string; readonly owner: string } | null;
}

export type BackrestConfig =
  | { readonly isConfigured: false; readonly path: string }
  | {
      readonly isConfigured: true;
      readonly path: string;
      readonly mode: string;
      readonly owner: string;
      readonly stanza: string;
      readonly stanzas: readonly string[];
      readonly repositories: readonly BackrestRepository[];
      readonly isArchiveAsync: boolean;
      /** Beyond it WAL is dropped and reported as archived; null is no limit. */
      readonly queueMaxBytes: number | null;
      /** `checksum-page` is not switched off. */
      readonly checksPages: boolean;
    };

/** Repositories, retention, encryption and archiving, without any secret. */
export const nodePgbackrestConfig = defineProbe({
  id: 'node.pgbackrest-config',
  subject: 'node',
  title: 'Repositories, retention, encryption and archiving as configured (pgbackrest.conf), secrets left out',
  privilege: 'root, or the user of the database server: the file holds secrets',
  grants: [],
  async collect({ node }): Promise<BackrestConfig> {
    const path = node.paths.pgbackrestConfig;
    const read = await readNodeBackrest(node);
    const facts = await node.facts(path, { follow: true });
    if (read === undefined || facts === undefined) return { isConfigured: false, path };
    const { settings, stanza, file } = read;
    const repositories: BackrestRepository[] = [];
    for (const repository of settings.repositories) {
      const { key, type, cipherType, retentionFullType, retentionFull } = repository;
      const option = (name: string): string | undefined => findOption(read, `repo${key}-${name}`);
      const place =
        option('host') ??
        option('s3-endpoint') ??
        option('azure-endpoint') ??
        option('gcs-endpoint') ??
        option('sftp-host');
      const folder = option('path') ?? '/var/lib/pgbackrest';
      const isHere = place === undefined && (type === 'posix' || type === 'cifs');
      const folderFacts = isHere ? await node.facts(folder, { follow: true }) : undefined;
      const [pass, secret] = [secretOf(read, `repo${key}-cipher-pass`), secretOf(read, `repo${key}-s3-key-secret`)];
      repositories.push({
        key,
        type,
        path: option('path') ?? null,
        place: place ?? null,
        cipherType,
        publishedCipherPass: pass === undefined ? null : publishedSecret(pass),
        publishedAccessSecret: secret === undefined ? null : publishedSecret(secret),
        verifiesTls: option('storage-verify-tls') !== 'n',
        retentionFullType,
        retentionFull: retentionFull ?? null,
        folder: folderFacts === undefined ? null : { mode: folderFacts.mode, owner: folderFacts.owner },
      });
    }
    return {
      isConfigured: true,
      path,
      mode: facts.mode,
      owner: facts.owner,
      stanza,
      stanzas: [...new Set([...file.sections.keys()].map((name) => name.split(':')[0] ?? name))].filter(
        (name) => name !== 'global',
      ),
      repositories,
      isArchiveAsync: settings.isArchiveAsync,
      queueMaxBytes: settings.archivePushQueueMaxBytes ?? null,
      checksPages:
        (findOption(read, 'checksum-page') ?? file.sections.get('global:backup')?.get('checksum-page')) !== 'n',
    };
  },
});

const findOption = ({ file, stanza }: NodeBackrest, name: string): string | undefined =>
  file.sections.get(stanza)?.get(name) ?? file.sections.get('global')?.get(name);

/** The parser drops secrets; this one is compared and forgotten. */
function secretOf({ text }: NodeBackrest, name: string): string | undefined {
  const pattern = new RegExp(`^\\s*${name}\\s*=(?<value>.*)$`, 'm');
  return pattern.exec(text)?.groups?.['value']?.trim();
}
