import { defineCheck } from '../../check.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import type { FactMap } from '../../facts.ts';

type Silence = FactMap['monitoring.alertmanager']['silences'][number];

export const monitoringSilencesJustified = defineCheck({
  id: 'monitoring-silences-justified',
  scope: 'monitoring',
  catalogue: ['MON-010'],
  title: { en: 'Silences are short, explained, and hide no audit alert', zh: '告警静默时间短、有说明且不掩盖审计告警' },
  severity: 'low',
  rationale: {
    en: 'A silence that was forgotten hides the next failure of the same kind; one over audit alerts hides the auditor itself.',
    zh: '被遗忘的静默会掩盖后续同类故障，对审计告警的静默则会掩盖审计本身。',
  },
  remediation: {
    en: 'Expire silences that are over, give the others an end within days and a comment with the ticket.',
    zh: '使已结束的静默失效，其余静默限定在数日内结束并注明工单。',
  },
  fix: ['amtool silence expire {id}'],
  needs: ['monitoring.alertmanager'],
  params: {
    maxDays: 7,
    ticketPattern: '[A-Z]+-\\d+|#\\d+|https?://',
    guarded: ['Audit', 'Certificate', 'auth', 'Login'],
  },
  evaluate({ 'monitoring.alertmanager': { silences } }, { maxDays, ticketPattern, guarded }) {
    const ticket = new RegExp(ticketPattern, 'u');
    return verdictOf({
      complaints: silences.flatMap((silence) => judge(silence, maxDays, ticket, guarded)),
      good: {
        en: silences.length === 0 ? 'nothing is silenced' : `${silences.length} silences, all short and explained`,
        zh: silences.length === 0 ? '没有静默' : `${silences.length} 条静默均为短期且有说明`,
      },
      evidence: [
        {
          fact: 'monitoring.alertmanager',
          at: 'silences in force or to come',
          actual: String(silences.length),
          expected: { en: `each of at most ${maxDays} days with a ticket`, zh: `不超过 ${maxDays} 天且注明工单` },
          shell: `{curlalertmanager} {alertmanager}/api/v2/silences | jq '[.[] | select(.status.state != "expired")] | length'`,
        },
      ],
    });
  },
});

function judge(silence: Silence, maxDays: number, ticket: RegExp, guarded: readonly string[]): readonly Complaint[] {
  const { matchers, startsAt, endsAt, createdBy, comment } = silence;
  const what = matchers.join(', ');
  const days = (Date.parse(endsAt) - Date.parse(startsAt)) / 86_400_000;
  const hides = matchers.some(
    (matcher) => matcher.startsWith('alertname') && guarded.some((word) => matcher.includes(word)),
  );
  return [
    ...(hides && !ticket.test(comment)
      ? [
          complaint(
            'fail',
            `${createdBy} hides ${what} without a ticket`,
            `${createdBy} 在没有工单的情况下静默 ${what}`,
          ),
        ]
      : []),
    ...(days > maxDays
      ? [complaint('warn', `${what} is silenced for ${Math.round(days)} days`, `${what} 被静默 ${Math.round(days)} 天`)]
      : []),
    ...(comment.trim() === ''
      ? [complaint('warn', `${what} is silenced without a word why`, `${what} 的静默没有说明`)]
      : []),
  ];
}
