import { defineCheck, fail, pass, warn, type Evidence } from '../../check.ts';
import { isSecurityParameter } from '../weakened-setting.ts';

export const patroniNoPendingRestart = defineCheck({
  id: 'patroni-no-pending-restart',
  scope: 'patroni',
  catalogue: ['HA-011'],
  title: { en: 'No member waits for a restart', zh: '成员不存在待重启的配置' },
  severity: 'medium',
  rationale: {
    en: 'What was configured is not what runs: the change takes effect at a moment nobody chose, at the latest with a failover.',
    zh: '已配置的参数尚未生效，将在无人选择的时刻（最迟在切换时）突然生效。',
  },
  remediation: {
    en: 'Restart the member through Patroni, replicas first, in an agreed window.',
    zh: '在批准的窗口内通过 Patroni 依次重启成员，先备库后主库。',
  },
  fix: ['patronictl restart {cluster} {member} --pending'],
  needs: ['patroni.status'],
  params: {},
  evaluate({ 'patroni.status': status }) {
    const evidence: Evidence = {
      fact: 'patroni.status',
      at: 'pending_restart',
      actual: String(status.isRestartPending),
      expected: { en: 'false', zh: 'false' },
      shell: `{curl} {url}/patroni | jq '.pending_restart // false'`,
    };
    if (!status.isRestartPending) {
      return pass({ en: 'Patroni waits for no restart', zh: '经核查，不存在待重启的配置，符合要求' }, evidence);
    }
    const security = status.restartSettings.filter(isSecurityParameter);
    const names = status.restartSettings.length > 0 ? status.restartSettings.join(', ') : undefined;
    const reason = {
      en: `a restart is pending${names === undefined ? '' : ` for ${names}`}`,
      zh: `经核查，存在待重启的配置${names === undefined ? '' : `：${names}`}`,
    };
    return security.length > 0 ? fail(reason, evidence) : warn(reason, evidence);
  },
});
