import { defineCheck, fail, notApplicable, pass, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { findAddress, inRange, parseRange } from '../address-range.ts';
import { psqlRows } from '../psql-output.ts';
import { sqlLiteral } from '../sql-literal.ts';

type Sessions = FactMap['pg.tls-sessions'];

export const pgTlsSessions = defineCheck({
  id: 'pg-tls-sessions',
  catalogue: ['TLS-005'],
  title: { en: 'Open network sessions are encrypted', zh: '当前网络会话均已加密' },
  severity: 'high',
  rationale: {
    en: 'What a server offers is not what clients use: only the open sessions show whether data crosses the network in clear.',
    zh: '服务器支持加密不代表客户端实际使用；只有当前会话能反映数据是否以明文传输。',
  },
  remediation: {
    en: 'Set sslmode=verify-full in the clients named, then require TLS in pg_hba.conf (hostssl).',
    zh: '将所列客户端的 sslmode 设为 verify-full，随后在 pg_hba.conf 中强制使用 hostssl。',
  },
  fix: ['-- in the client: sslmode=verify-full sslrootcert={ca.crt}', '-- in pg_hba.conf: hostssl instead of host'],
  needs: ['pg.tls-sessions', 'pg.server'],
  /** Networks whose sessions never leave the machine, and roles that handle confidential data. */
  params: {
    localNetworks: ['127.0.0.0/8', '::1/128'] as readonly string[],
    confidentialRoles: [] as readonly string[],
  },
  evaluate({ 'pg.tls-sessions': sessions, 'pg.server': server }, { localNetworks, confidentialRoles }) {
    const ranges = localNetworks.map(parseRange);
    const remote = sessions.filter(({ clientAddress }) => {
      const address = findAddress(clientAddress);
      return address === undefined || !ranges.some((range) => inRange(address, range));
    });
    const from = fromClause(server.versionNum, localNetworks);
    if (remote.length === 0) {
      return notApplicable(
        {
          en: 'no session from another machine was open when the probe looked',
          zh: '检查时没有来自其他主机的会话，本项不适用',
        },
        {
          fact: 'pg.tls-sessions',
          at: 'sessions from other machines',
          actual: '0',
          expected: { en: 'at least one to judge', zh: '至少一个可供核查' },
          sql: `SELECT count(*) ${from}`,
        },
      );
    }
    const clear = remote.filter(({ tls, gssEncrypted }) => !tls && !gssEncrypted);
    const clause = `${from} AND NOT s.ssl${server.versionNum >= 120000 ? ' AND g.encrypted IS NOT TRUE' : ''}`;
    const count: Evidence = {
      fact: 'pg.tls-sessions',
      at: 'sessions in clear text',
      actual: String(clear.reduce((sum, row) => sum + row.count, 0)),
      expected: { en: '0', zh: '0' },
      sql: `SELECT count(*) ${clause}`,
    };
    if (clear.length === 0) {
      const total = remote.reduce((sum, row) => sum + row.count, 0);
      return pass(
        {
          en: `sessions from other machines: ${total}, all encrypted`,
          zh: `经核查，来自其他主机的 ${total} 个会话均已加密，符合要求`,
        },
        count,
      );
    }
    const evidence = [count, whoEvidence(clear, clause)];
    const who = [...new Set(clear.map(({ user, clientAddress }) => `${user}@${clientAddress}`))];
    const shown = who.slice(0, 5).join(', ') + (who.length > 5 ? ` … +${who.length - 5}` : '');
    const reason = {
      en: `sessions from other machines in clear text: ${count.actual} (${shown})`,
      zh: `经核查，有 ${count.actual} 个来自其他主机的会话未加密：${shown}`,
    };
    return clear.some(({ privileged, user }) => privileged || confidentialRoles.includes(user))
      ? fail(reason, ...evidence)
      : warn(reason, ...evidence);
  },
});

/** Who sends in clear, once each; both columns compare bytewise, as the probe's rows do. */
function whoEvidence(clear: Sessions, clause: string): Evidence {
  const pairs = new Map(clear.map((row) => [`${row.user} ${row.clientAddress}`, [row.user, row.clientAddress]]));
  const rows = [...pairs.values()].toSorted(([userA = '', a = ''], [userB = '', b = '']) =>
    userA === userB ? compare(a, b) : compare(userA, userB),
  );
  return {
    fact: 'pg.tls-sessions',
    at: 'roles and addresses in clear text',
    actual: psqlRows(rows),
    expected: { en: 'none', zh: '无' },
    sql: `SELECT a.usename, host(a.client_addr) ${clause} GROUP BY 1, 2 ORDER BY a.usename::text COLLATE "C", host(a.client_addr) COLLATE "C"`,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function fromClause(versionNum: number, localNetworks: readonly string[]): string {
  const gss = versionNum >= 120000 ? ' LEFT JOIN pg_stat_gssapi g ON g.pid = a.pid' : '';
  const local = localNetworks.map((network) => ` AND NOT a.client_addr <<= ${sqlLiteral(network)}`).join('');
  return `FROM pg_stat_activity a JOIN pg_stat_ssl s ON s.pid = a.pid${gss} WHERE a.client_addr IS NOT NULL AND a.usename IS NOT NULL AND a.pid <> pg_backend_pid()${local}`;
}
