import { defineCheck, undecided } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';

export const monitoringAlertsDelivered = defineCheck({
  id: 'monitoring-alerts-delivered',
  scope: 'monitoring',
  catalogue: ['MON-003'],
  title: { en: 'Alerts reach a receiver', zh: '告警能够送达接收人' },
  severity: 'high',
  rationale: {
    en: 'An alert that fires and goes to a receiver without an address, or fails at every attempt, wakes nobody.',
    zh: '告警触发后若发往空接收器，或每次投递均失败，则无人知晓。',
  },
  remediation: {
    en: 'Give the root route a receiver with an integration, mend failing ones, and prove it with an alert drill.',
    zh: '为根路由配置带有集成方式的接收器，修复投递失败，并通过告警演练验证。',
  },
  fix: ['amtool config routes test severity=CRIT', 'pgattest drill alert --cluster {cluster}'],
  needs: ['monitoring.alertmanager', 'monitoring.alerts'],
  params: { maxFailedShare: 0.05 },
  evaluate({ 'monitoring.alertmanager': manager, 'monitoring.alerts': alerts }, { maxFailedShare }) {
    const { rootReceiver, receivers, routes } = manager.routing;
    const empty = receivers.filter(({ integrations }) => integrations.length === 0).map(({ name }) => name);
    const sent = manager.deliveries.reduce((sum, delivery) => sum + delivery.sent, 0);
    const failed = manager.deliveries.reduce((sum, delivery) => sum + delivery.failed, 0);
    const deaf = routes.filter(
      ({ receiver, matchers }) =>
        receiver !== null && empty.includes(receiver) && matchers.some((text) => /severity|level/u.test(text)),
    );
    const evidence = [
      {
        fact: 'monitoring.alertmanager' as const,
        at: 'receivers',
        actual: receivers.map(({ name }) => name).join('\n'),
        expected: { en: 'each with an integration', zh: '均配置集成方式' },
        shell: `{curlalertmanager} {alertmanager}/api/v2/receivers | jq -r '.[].name'`,
      },
      {
        fact: 'monitoring.alertmanager' as const,
        at: 'failed notifications since its start',
        actual: String(failed),
        expected: {
          en: `at most ${maxFailedShare * 100} % of ${sent}`,
          zh: `不超过 ${sent} 的 ${maxFailedShare * 100}%`,
        },
        shell: `{curlalertmanager} {alertmanager}/metrics | awk '/^alertmanager_notifications_failed_total\\{/ { s += $NF } END { print s + 0 }'`,
      },
    ];
    if (rootReceiver === null) {
      return undecided(
        { en: 'Alertmanager does not show its routes', zh: 'Alertmanager 未给出路由配置，无法判定' },
        ...evidence,
      );
    }
    return verdictOf({
      complaints: [
        ...(empty.includes(rootReceiver)
          ? [
              complaint(
                'fail',
                `what no route takes goes to ${rootReceiver}, which has no address`,
                `未匹配路由的告警发往没有地址的接收器 ${rootReceiver}`,
              ),
            ]
          : []),
        ...deaf.map(({ receiver, matchers }) =>
          complaint(
            'fail',
            `${matchers.join(', ')} goes to ${receiver ?? ''}, which has no address`,
            `${matchers.join('，')} 发往没有地址的接收器 ${receiver ?? ''}`,
          ),
        ),
        ...(alerts.sentTo?.length === 0
          ? [complaint('fail', 'what evaluates the rules sends its alerts nowhere', '规则评估组件未配置告警去向')]
          : []),
        ...(sent > 0 && failed >= sent
          ? [complaint('fail', `none of ${sent} notifications arrived`, `${sent} 次通知全部失败`)]
          : sent > 0 && failed / sent > maxFailedShare
            ? [complaint('warn', `${failed} of ${sent} notifications failed`, `${sent} 次通知中失败 ${failed} 次`)]
            : []),
        ...(sent === 0
          ? [
              complaint(
                'warn',
                'nothing was sent since its start: delivery is not proven, run an alert drill',
                '自启动以来未发送过通知，送达能力未经证实，请进行告警演练',
              ),
            ]
          : []),
      ],
      good: {
        en: `${sent} notifications, ${failed} failed; unmatched alerts go to ${rootReceiver}`,
        zh: `共发送 ${sent} 次通知，失败 ${failed} 次，默认接收器为 ${rootReceiver}`,
      },
      evidence,
    });
  },
});
