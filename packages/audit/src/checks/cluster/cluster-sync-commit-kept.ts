import { defineClusterCheck, notApplicable, pass, undecided, warn } from '../../check.ts';
import { seenMembers } from '../members.ts';
import { agreedConfig, configEvidence } from '../patroni-config.ts';
import { roleSettingsEvidence, settingPlace } from '../role-setting-evidence.ts';

export const clusterSyncCommitKept = defineClusterCheck({
  id: 'cluster-sync-commit-kept',
  catalogue: ['HA-030'],
  title: { en: 'No role or database skips waiting for the standby', zh: '账号与数据库级设置未绕过同步提交' },
  severity: 'low',
  rationale: {
    en: 'synchronous_commit = off or local, bound to a role or a database, makes its commits return before any standby has them, whatever the cluster promises.',
    zh: '账号或数据库级的 synchronous_commit = off/local 使其提交不等待备库，集群层面的零丢失承诺对其无效。',
  },
  remediation: {
    en: 'Reset synchronous_commit where it is bound to a role or database, or agree in writing that those commits may be lost.',
    zh: '清除账号或数据库级的 synchronous_commit 设置，或书面确认相应提交允许丢失。',
  },
  fix: ['ALTER ROLE {role} RESET synchronous_commit', 'ALTER DATABASE {database} RESET synchronous_commit'],
  members: 'partial',
  needs: ['pg.roles', 'patroni.config'],
  params: {},
  evaluate({ 'pg.roles': roles, 'patroni.config': configs }) {
    const found = agreedConfig(configs);
    if (!found.ok) return found.verdict;
    const mode = configEvidence(found.agreed, 'synchronous_mode', { en: 'true or quorum', zh: 'true 或 quorum' });
    if (found.agreed.settings.synchronousMode === 'off') {
      return notApplicable(
        { en: 'replication is asynchronous: no commit waits for a standby anyway', zh: '复制为异步模式，本项不适用' },
        mode,
      );
    }
    // The catalogues of all members are the same: any that answered will do.
    const [first] = seenMembers(roles);
    if (first === undefined)
      return undecided({ en: 'no member showed its roles', zh: '没有成员返回账号设置，无法判定' }, mode);
    const bound = first.value.settings.filter(({ name }) => name === 'synchronous_commit');
    const weak = bound.filter(({ value }) => ['off', 'local', 'false', 'no', '0'].includes(value.toLowerCase()));
    const expected = { en: 'on, remote_write or remote_apply', zh: 'on、remote_write 或 remote_apply' };
    if (weak.length > 0) {
      return warn(
        {
          en: `commits that do not wait: ${weak.map((item) => `${settingPlace(item).en} (${item.value})`).join(', ')}`,
          zh: `经核查，下列设置使提交不等待备库：${weak.map((item) => `${settingPlace(item).zh}（${item.value}）`).join('、')}`,
        },
        mode,
        ...roleSettingsEvidence(weak, expected).map((item) => ({ ...item, subject: first.member })),
      );
    }
    return pass(
      {
        en: 'no role or database has synchronous_commit off or local',
        zh: '经核查，没有账号或数据库将 synchronous_commit 设为 off 或 local，符合要求',
      },
      mode,
      {
        fact: 'pg.roles',
        subject: first.member,
        at: 'bindings that do not wait',
        actual: '0',
        expected: { en: '0', zh: '0' },
        sql: `SELECT count(*) FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) AS c WHERE lower(c) IN ('synchronous_commit=off', 'synchronous_commit=local', 'synchronous_commit=false', 'synchronous_commit=no', 'synchronous_commit=0')`,
      },
    );
  },
});
