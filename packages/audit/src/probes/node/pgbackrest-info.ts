import { classOfExit, ConnectError, parseBackrestInfo, type StanzaInfo } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { readNodeBackrest } from '../../node/backrest-config.ts';

/** What the repositories hold, as this node sees them. */
export type NodeBackrestInfo =
  | { readonly isInstalled: false; readonly why: string }
  | {
      readonly isInstalled: true;
      /** File the command reads its repositories from. */
      readonly config: string;
      readonly stanza: StanzaInfo;
    };

/** Backups and WAL by `pgbackrest info`, which only reads. */
export const nodePgbackrestInfo = defineProbe({
  id: 'node.pgbackrest-info',
  subject: 'node',
  title: 'Stanza, repositories, backups and WAL as this node sees them (pgbackrest info)',
  privilege: 'root, or the user of the database server',
  grants: [],
  async collect({ node }): Promise<NodeBackrestInfo> {
    const config = node.paths.pgbackrestConfig;
    const read = await readNodeBackrest(node);
    if (read === undefined) return { isInstalled: false, why: `there is no ${config}` };
    const answer = await node.run('pgbackrest', [
      'info',
      `--config=${config}`,
      `--stanza=${read.stanza}`,
      '--output=json',
      '--log-level-console=off',
      '--log-level-stderr=warn',
      '--log-level-file=off',
    ]);
    if (answer === undefined) return { isInstalled: false, why: 'there is no program pgbackrest' };
    if (answer.exitCode !== 0) {
      const code = classOfExit(answer.exitCode, answer.stderr) === 'permission' ? 'permission_denied' : 'query_failed';
      throw new ConnectError(code, `pgbackrest info ended with ${answer.exitCode}`);
    }
    const info = parseBackrestInfo(answer.stdout);
    if (!info.ok) throw new ConnectError('invalid_data', info.failure.message);
    const stanza = info.value.stanzas.find(({ name }) => name === read.stanza) ?? info.value.stanzas[0];
    if (stanza === undefined) throw new ConnectError('invalid_data', 'pgbackrest info named no stanza');
    return { isInstalled: true, config, stanza };
  },
});
