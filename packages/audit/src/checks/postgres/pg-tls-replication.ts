import { defineCheck, fail, notApplicable, pass, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { psqlRow, psqlRows } from '../psql-output.ts';

const verifying: readonly string[] = ['verify-ca', 'verify-full'];

export const pgTlsReplication = defineCheck({
  id: 'pg-tls-replication',
  catalogue: ['TLS-010'],
  title: { en: 'Replication is encrypted and the sender is verified', zh: '复制流量已加密且校验对端证书' },
  severity: 'high',
  rationale: {
    en: 'The WAL stream carries every change of every row; a standby that does not verify its sender may follow an impostor.',
    zh: 'WAL 流包含所有数据变更；备库若不校验主库证书，可能被伪造的主库欺骗。',
  },
  remediation: {
    en: 'Set sslmode=verify-full (or verify-ca) with sslrootcert in primary_conninfo - in Patroni under postgresql.authentication.replication - and admit replication by hostssl only.',
    zh: '在 primary_conninfo 中设置 sslmode=verify-full（或 verify-ca）和 sslrootcert（Patroni 在 postgresql.authentication.replication 中设置），pg_hba.conf 中复制仅允许 hostssl。',
  },
  fix: [
    `ALTER SYSTEM SET primary_conninfo = 'host={primary} port={port} user={replication role} passfile={passfile} sslmode=verify-full sslrootcert={ca.crt}'`,
    'SELECT pg_reload_conf()',
  ],
  needs: ['pg.server', 'pg.replication', 'pg.wal-receiver'],
  params: {},
  evaluate({ 'pg.server': server, 'pg.replication': senders, 'pg.wal-receiver': receiver }) {
    // On a Unix socket there is no network to protect.
    const remote = senders.filter(({ clientAddress }) => clientAddress !== null);
    const receives = receiver !== null && !(receiver.senderHost ?? '').startsWith('/');
    const evidence = [
      ...(remote.length > 0 || !receives ? [senderEvidence(server.versionNum, remote)] : []),
      ...(receives ? [receiverEvidence(receiver.sslMode)] : []),
    ];
    if (remote.length === 0 && !receives) {
      return notApplicable(
        {
          en: 'no replication connection over the network begins or ends here',
          zh: '本实例当前没有经网络的复制连接，本项不适用',
        },
        ...evidence,
      );
    }
    const clear = remote.filter(({ tls, gssEncrypted }) => !tls && !gssEncrypted);
    const mode = receives ? receiver.sslMode : undefined;
    if (clear.length > 0 || mode === 'disable') {
      const names = clear.map(({ applicationName, user }) => applicationName || user).join(', ');
      return fail(
        {
          en: [
            ...(clear.length > 0 ? [`WAL goes out in clear text to ${names}`] : []),
            ...(mode === 'disable' ? ['the receiver asks for no encryption (sslmode=disable)'] : []),
          ].join('; '),
          zh: `经核查，${[
            ...(clear.length > 0 ? [`发往 ${names} 的 WAL 未加密`] : []),
            ...(mode === 'disable' ? ['接收端连接参数 sslmode=disable，未启用加密'] : []),
          ].join('；')}`,
        },
        ...evidence,
      );
    }
    if (mode !== undefined && !verifying.includes(mode)) {
      return warn(
        {
          en: `the receiver does not verify its sender (sslmode=${mode || 'not stated'})`,
          zh: `经核查，接收端未校验对端证书（sslmode=${mode || '未知'}）`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en:
          mode === undefined
            ? `outgoing WAL streams: ${remote.length}, all encrypted`
            : `WAL arrives with sslmode=${mode}${remote.length > 0 ? ' and leaves encrypted' : ''}`,
        zh:
          mode === undefined
            ? `经核查，${remote.length} 路发送中的 WAL 流均已加密，符合要求`
            : `经核查，接收 WAL 的连接 sslmode=${mode}${remote.length > 0 ? '，发出的 WAL 流均已加密' : ''}，符合要求`,
      },
      ...evidence,
    );
  },
});

function senderEvidence(versionNum: number, remote: FactMap['pg.replication']): Evidence {
  const gss = versionNum >= 120000;
  return {
    fact: 'pg.replication',
    at: 'encryption of outgoing WAL',
    actual: psqlRows(remote.map((row) => [row.applicationName, row.tls, ...(gss ? [row.gssEncrypted] : [])])),
    expected: { en: 't in each row', zh: '每行均为 t' },
    sql: `SELECT r.application_name, s.ssl${gss ? ', g.encrypted IS TRUE' : ''} FROM pg_stat_replication r JOIN pg_stat_ssl s ON s.pid = r.pid${gss ? ' LEFT JOIN pg_stat_gssapi g ON g.pid = r.pid' : ''} WHERE r.client_addr IS NOT NULL ORDER BY r.application_name, r.usename, r.client_addr, r.client_port`,
  };
}

const receiverEvidence = (sslMode: string): Evidence => ({
  fact: 'pg.wal-receiver',
  at: 'sslmode',
  actual: psqlRow(sslMode),
  expected: { en: 'verify-full or verify-ca', zh: 'verify-full 或 verify-ca' },
  sql: `SELECT substring(conninfo FROM '(?:^| )sslmode=([^ ]+)') FROM pg_stat_wal_receiver`,
});
