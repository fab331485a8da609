import { defineCheck, fail, notApplicable, pass, warn } from '../../check.ts';
import type { Json } from '../../redact-document.ts';
import { patroniYmlEvidence, patroniYmlValue } from '../patroni-yml-evidence.ts';

export const patroniAllowlist = defineCheck({
  id: 'patroni-allowlist',
  scope: 'patroni',
  catalogue: ['HA-015'],
  title: { en: 'Patroni takes orders from few addresses', zh: 'Patroni 控制接口限制来源地址' },
  severity: 'medium',
  rationale: {
    en: 'Without an allowlist every host that reaches the port may try the control password, and use it once it has leaked.',
    zh: '未设置 allowlist 时，任何可达主机均可尝试控制口令，口令泄露后亦可直接使用。',
  },
  remediation: {
    en: 'Set restapi.allowlist to the members and the hosts that control the cluster; name members by address, so that failsafe mode works without etcd.',
    zh: '将 restapi.allowlist 设为集群成员与管理主机；成员使用地址而非依赖 etcd，以保证故障安全模式可用。',
  },
  fix: ['restapi:\n  allowlist: [{members and control hosts}]', 'patronictl reload {cluster}'],
  needs: ['node.patroni-yml'],
  /** Networks larger than this many bits of prefix are broad. */
  params: { minPrefix4: 24, minPrefix6: 64 },
  evaluate({ 'node.patroni-yml': file }, { minPrefix4, minPrefix6 }) {
    if (file === null) {
      return notApplicable({ en: 'this node has no patroni.yml', zh: '该节点没有 patroni.yml，本项不适用' });
    }
    const expected = { en: 'members and control hosts', zh: '集群成员与管理主机' };
    const includesMembers = patroniYmlValue(file, 'restapi.allowlist_include_members') === true;
    const evidence = [
      patroniYmlEvidence(file, 'restapi.allowlist', expected),
      patroniYmlEvidence(file, 'restapi.allowlist_include_members', {
        en: 'true, or members in the list',
        zh: 'true，或列表中已含成员',
      }),
    ];
    const entries = entriesOf(patroniYmlValue(file, 'restapi.allowlist'));
    if (entries.length === 0 && !includesMembers) {
      return fail(
        {
          en: 'restapi.allowlist is not set: every address may try',
          zh: '经核查，未设置 restapi.allowlist，任何地址均可访问控制接口',
        },
        ...evidence,
      );
    }
    const broad = entries.filter((entry) => isBroad(entry, minPrefix4, minPrefix6));
    if (broad.some((entry) => entry.endsWith('/0'))) {
      return fail(
        {
          en: `restapi.allowlist allows everybody: ${broad.join(', ')}`,
          zh: `经核查，restapi.allowlist 允许任意来源：${broad.join('、')}`,
        },
        ...evidence,
      );
    }
    if (broad.length > 0) {
      return warn(
        {
          en: `restapi.allowlist holds broad networks: ${broad.join(', ')}`,
          zh: `经核查，restapi.allowlist 包含过宽的网段：${broad.join('、')}`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `orders are taken from ${entries.length} entries${includesMembers ? ' and the members' : ''}`,
        zh: `经核查，控制接口仅允许 ${entries.length} 个来源${includesMembers ? '及集群成员' : ''}，符合要求`,
      },
      ...evidence,
    );
  },
});

const entriesOf = (value: Json | undefined): readonly string[] =>
  typeof value === 'string'
    ? value.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]))
    : Array.isArray(value)
      ? value.flatMap((item: Json) => (typeof item === 'string' ? [item] : []))
      : [];

/** An entry without a prefix is one address, or a host name. */
function isBroad(entry: string, minPrefix4: number, minPrefix6: number): boolean {
  const [address = '', prefix] = entry.split('/');
  return prefix !== undefined && Number(prefix) < (address.includes(':') ? minPrefix6 : minPrefix4);
}
