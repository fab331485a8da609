import { defineCheck, fail, notApplicable, warn } from '../../check.ts';
import { ruleEvidence } from '../hba-evidence.ts';
import { liveRules, playRules, principalsOf } from '../hba-reach.ts';
import { passIfLoaded } from '../hba-verdict.ts';
import { evidenceRows, nameList } from '../name-list.ts';
import { settingEvidence } from '../setting-evidence.ts';
import { findUnprovenSettings } from '../setting-verdict.ts';

export const pgUnixSocketLimited = defineCheck({
  id: 'pg-unix-socket-limited',
  catalogue: ['AUTH-023'],
  title: { en: 'The Unix socket is no way around authentication', zh: 'Unix 套接字访问受控' },
  severity: 'medium',
  rationale: {
    en: 'Every account of the machine can open a socket of mode 0777; only peer, or the mode, keeps them apart.',
    zh: '权限为 0777 的套接字可被本机任意系统账号打开，应以 peer 鉴别或收紧套接字权限加以限制。',
  },
  remediation: {
    en: 'Use peer for the owner and scram-sha-256 for others on local rules; narrow the socket to 0770 and a group where possible.',
    zh: '本地规则对属主使用 peer、对其他账号使用 scram-sha-256；条件允许时将套接字权限收紧为 0770 并指定属组。',
  },
  fix: [
    'local  all  {owner}  peer',
    `ALTER SYSTEM SET unix_socket_permissions = '0770'`,
    `ALTER SYSTEM SET unix_socket_group = '{group}'`,
  ],
  needs: ['pg.settings', 'pg.hba', 'pg.roles', 'pg.databases'],
  params: {},
  evaluate({ 'pg.settings': settings, 'pg.hba': hba, 'pg.roles': roles, 'pg.databases': databases }) {
    // An empty list is a server without a socket; a setting out of sight is neither.
    const unproven = findUnprovenSettings(settings, ['unix_socket_directories', 'unix_socket_permissions']);
    if (unproven !== undefined) return unproven;
    const directories = settingEvidence(settings, 'unix_socket_directories', {
      en: 'directories that others cannot write',
      zh: '其他用户不可写的目录',
    });
    if (directories.actual === '') {
      return notApplicable({ en: 'the server opens no Unix socket', zh: '服务器未启用 Unix 套接字' }, directories);
    }
    const mode = settingEvidence(settings, 'unix_socket_permissions', { en: '0770 or less', zh: '0770 或更严' });
    // Connecting needs write permission on the socket.
    const openToAll = (Number.parseInt(mode.actual, 8) & 0o002) !== 0;
    const live = liveRules(playRules(hba.rules, principalsOf(roles, databases)));
    const local = hba.rules.filter((rule) => rule.type === 'local' && live.has(rule));
    const expected = {
      en: 'peer, or scram-sha-256 on a narrow socket',
      zh: 'peer，或在受限套接字上使用 scram-sha-256',
    };
    const evidenceOf = (methods: (method: string) => boolean) =>
      local
        .filter(({ method }) => methods(method))
        .slice(0, evidenceRows)
        .map((rule) => ruleEvidence(hba, rule, expected));

    if (local.some(({ method }) => method === 'trust')) {
      const reason = {
        en: `a local rule is trust, on a socket of mode ${mode.actual}`,
        zh: `经核查，本地规则使用 trust，套接字权限为 ${mode.actual}`,
      };
      const evidence = [mode, directories, ...evidenceOf((method) => method === 'trust')];
      return openToAll ? fail(reason, ...evidence) : warn(reason, ...evidence);
    }
    const others = local.filter(({ method }) => !['peer', 'ident', 'reject'].includes(method));
    if (openToAll && others.length > 0) {
      const methods = nameList([...new Set(others.map(({ method }) => method))]);
      return warn(
        {
          en: `the socket has mode ${mode.actual} and local rules use ${methods.en}: any account may try`,
          zh: `经核查，套接字权限为 ${mode.actual}，本地规则使用 ${methods.zh}，本机任意系统账号均可尝试登录`,
        },
        mode,
        directories,
        ...evidenceOf((method) => !['peer', 'ident', 'reject'].includes(method)),
      );
    }
    return passIfLoaded(
      hba,
      {
        en: `the socket has mode ${mode.actual}, and ${local.length} local rule(s) authenticate who uses it`,
        zh: `经核查，套接字权限为 ${mode.actual}，${local.length} 条本地规则均对使用者进行鉴别，符合要求`,
      },
      mode,
      directories,
      ...evidenceOf(() => true),
    );
  },
});
