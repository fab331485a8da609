import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAlertRouting } from './alertmanager-config.ts';
import { retentionDays } from './retention.ts';

/** As Alertmanager 0.25 writes it. */
const text = `global:
  resolve_timeout: 5m
  smtp_auth_password: <secret>
route:
  receiver: oncall
  group_by:
  - alertname
  continue: false
  routes:
  - receiver: "null"
    match:
      alertname: Watchdog
    continue: false
  - receiver: pager
    matchers:
    - severity="CRIT"
    - cls=~"pg-.*"
    continue: false
    routes:
    - receiver: oncall
      match_re:
        team: db|ops
      continue: false
  group_wait: 0s
inhibit_rules:
- source_matchers:
  - alertname="PostgresDown"
  target_matchers:
  - severity="WARN"
  equal:
  - ins
receivers:
- name: oncall
  webhook_configs:
  - send_resolved: true
    url: <secret>
- name: pager
  email_configs:
  - to: dba@example.org
  pagerduty_configs:
  - routing_key: <secret>
- name: "null"
templates: []
`;

describe('the configuration that Alertmanager shows', () => {
  test('has receivers with their integrations, and routes with their matchers', () => {
    expect(parseAlertRouting(text)).toEqual({
      rootReceiver: 'oncall',
      routes: [
        { receiver: 'null', matchers: ['alertname=Watchdog'] },
        { receiver: 'pager', matchers: ['severity="CRIT"', 'cls=~"pg-.*"'] },
        { receiver: 'oncall', matchers: ['team=db|ops'] },
      ],
      receivers: [
        { name: 'oncall', integrations: ['webhook'] },
        { name: 'pager', integrations: ['email', 'pagerduty'] },
        { name: 'null', integrations: [] },
      ],
      inhibitRules: 1,
    });
  });

  test('any text gives a routing without secrets', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        const routing = parseAlertRouting(
          `route:\n  receiver: a\nreceivers:\n- name: a\n  webhook_configs:\n  - url: x${body.replaceAll('\n', ' ')}\n`,
        );
        expect(routing.receivers).toEqual([{ name: 'a', integrations: ['webhook'] }]);
      }),
    );
  });
});

test.each([
  ['15d', 'none', 15],
  ['2w', 'none', 14],
  ['360h', 'none', 15],
  ['1y', 'none', 365],
  ['12', 'months', 372],
  ['12', 'none', null],
  ['10GiB', 'none', null],
] as const)('a retention of %s (a bare number is %s) is %s days', (word, bare, days) => {
  expect(retentionDays(word, bare)).toBe(days);
});
