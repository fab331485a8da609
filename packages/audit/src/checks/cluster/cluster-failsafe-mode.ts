import { defineClusterCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import { seenMembers, unseenMembers } from '../members.ts';
import { agreedConfig, configEvidence } from '../patroni-config.ts';

export const clusterFailsafeMode = defineClusterCheck({
  id: 'cluster-failsafe-mode',
  catalogue: ['HA-005'],
  title: { en: 'Losing the configuration store does not stop the primary', zh: '已启用 DCS 故障安全模式' },
  severity: 'high',
  rationale: {
    en: 'Without failsafe mode a primary that cannot reach etcd demotes itself, so that an outage of etcd is an outage of the database; with it the primary stays as long as every member confirms it.',
    zh: '未启用 failsafe_mode 时，主库与 etcd 失联即自行降级，etcd 故障等同于数据库故障；启用后只要全部成员确认，主库可继续服务。',
  },
  remediation: {
    en: 'Run Patroni 3.0 or newer on every member, then set failsafe_mode: true; if it is active now, bring etcd back first.',
    zh: '所有成员升级至 Patroni 3.0 及以上后设置 failsafe_mode: true；若当前处于故障安全状态，应先恢复 etcd。',
  },
  fix: ['patronictl edit-config {cluster} -s failsafe_mode=true'],
  members: 'partial',
  needs: ['patroni.config', 'patroni.status'],
  params: {},
  evaluate({ 'patroni.config': configs, 'patroni.status': statuses }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const seen = seenMembers(statuses);
    const evidence = [
      configEvidence(found.agreed, 'failsafe_mode', { en: 'true', zh: 'true' }),
      ...seen.map(({ member, value }): Evidence => ({
        fact: 'patroni.status',
        subject: member,
        at: 'version, failsafe active',
        actual: `${value.version ?? 'null'} ${value.isFailsafeActive}`,
        expected: { en: '3.0 or newer, false', zh: '3.0 及以上，false' },
        shell: `{curl} {url}/patroni | jq -r '"\\(.patroni.version) \\(.failsafe_mode_is_active // false)"'`,
      })),
    ];
    const active = seen.filter(({ value }) => value.isFailsafeActive).map(({ member }) => member);
    if (active.length > 0) {
      return fail(
        {
          en: `${active.join(', ')} runs in failsafe mode now: the configuration store cannot be reached`,
          zh: `经核查，${active.join('、')} 当前处于故障安全状态，配置存储不可达`,
        },
        ...evidence,
      );
    }
    if (!found.agreed.settings.isFailsafe) {
      return warn(
        {
          en: 'failsafe_mode is off: an outage of etcd demotes the primary',
          zh: '经核查，未启用 failsafe_mode，etcd 故障会导致主库降级',
        },
        ...evidence,
      );
    }
    const old = seen.filter(({ value }) => Number(value.version?.split('.')[0] ?? '0') < 3).map(({ member }) => member);
    if (old.length > 0) {
      return fail(
        {
          en: `failsafe_mode is set, but ${old.join(', ')} runs a Patroni before 3.0, which does not know it`,
          zh: `经核查，已设置 failsafe_mode，但 ${old.join('、')} 的 Patroni 低于 3.0，不支持该功能`,
        },
        ...evidence,
      );
    }
    const unseen = unseenMembers(statuses);
    if (unseen.length > 0) {
      return undecided(
        {
          en: `failsafe_mode is on, but ${unseen.join(', ')} did not answer: whether it knows and confirms it is open`,
          zh: `已启用 failsafe_mode，但 ${unseen.join('、')} 未应答，无法判定其是否支持`,
        },
        ...evidence,
      );
    }
    return pass(
      {
        en: `failsafe_mode is on, inactive, and known to all ${seen.length} members`,
        zh: `经核查，failsafe_mode 已启用且未处于激活状态，${seen.length} 个成员均支持，符合要求`,
      },
      ...evidence,
    );
  },
});
