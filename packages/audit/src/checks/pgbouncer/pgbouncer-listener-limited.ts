import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { configEvidence, findSetting, settingList, socketMode } from '../pgbouncer-evidence.ts';

export const pgbouncerListenerLimited = defineCheck({
  id: 'pgbouncer-listener-limited',
  scope: 'pgbouncer',
  catalogue: ['PGB-010'],
  title: {
    en: 'PgBouncer listens at chosen addresses, its socket is for its group',
    zh: 'PgBouncer 监听指定地址，套接字权限受限',
  },
  severity: 'low',
  rationale: {
    en: 'An asterisk also opens the pooler on networks added later; a socket for everybody lets any account of the host try to log in.',
    zh: '通配地址会在新增网络上自动开放；对所有人开放的套接字允许主机上任何账号尝试登录。',
  },
  remediation: {
    en: 'Set listen_addr to the address of the node and unix_socket_mode to 0770 with a group, in a folder that others cannot write.',
    zh: '将 listen_addr 设为节点地址，unix_socket_mode 设为 0770 并指定组，套接字目录不可被其他用户写入。',
  },
  fix: ['listen_addr = {address}', 'unix_socket_mode = 0770', 'unix_socket_dir = /run/postgresql'],
  needs: ['pgbouncer.config'],
  params: {},
  evaluate({ 'pgbouncer.config': config }) {
    const wildcards = settingList(config, 'listen_addr').filter((address) => ['*', '0.0.0.0', '::'].includes(address));
    const folder = findSetting(config, 'unix_socket_dir') ?? '';
    const open = folder === '' ? 0 : (socketMode(config) ?? 0o777) & 0o007;
    const type = findSetting(config, 'auth_type') ?? '';
    return verdictOf({
      complaints: [
        ...(wildcards.length === 0
          ? []
          : [
              complaint(
                'warn',
                `it listens at every address (${wildcards.join(', ')})`,
                `监听所有地址（${wildcards.join('、')}）`,
              ),
            ]),
        ...(open === 0
          ? []
          : type === 'any' || type === 'trust'
            ? [
                complaint(
                  'fail',
                  `every account of the host may use its socket without a password (auth_type ${type})`,
                  `主机上任何账号均可免口令使用套接字（auth_type ${type}）`,
                ),
              ]
            : [
                complaint(
                  'warn',
                  'every account of the host may try to log in at its socket',
                  '主机上任何账号均可在其套接字上尝试登录',
                ),
              ]),
      ],
      good: { en: 'addresses and socket are limited', zh: '监听地址与套接字均受限' },
      evidence: [
        configEvidence(config, ['listen_addr', 'unix_socket_dir', 'unix_socket_group', 'unix_socket_mode'], {
          en: 'an address, and 0770 or less (504 where it is shown in decimal)',
          zh: '具体地址，权限不高于 0770（以十进制显示时为 504）',
        }),
      ],
    });
  },
});
