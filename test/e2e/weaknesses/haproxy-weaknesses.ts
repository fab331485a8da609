import { monitor, onCluster, onSubject } from './cast.ts';
import { proxyConfig } from './introduce/haproxy.ts';
import type { ExpectedVerdict, Weakness, WeaknessGroup } from './weakness.ts';

type Verdicts = Parameters<typeof onSubject>[1];

/** HAProxy is restarted with a changed configuration. */
const config = (
  id: string,
  sentence: string,
  change: (text: string) => string,
  verdicts: Verdicts,
  ...more: readonly ExpectedVerdict[]
): Weakness => ({
  id,
  sentence,
  on: monitor,
  introduce: proxyConfig(change),
  expected: [...onSubject(`${monitor}.haproxy`, verdicts), ...more],
});

/** Lines of haproxy.cfg that are exactly this go. */
const without =
  (line: RegExp) =>
  (text: string): string =>
    text
      .split('\n')
      .filter((one) => !line.test(one))
      .join('\n');

const section =
  (...lines: readonly string[]) =>
  (text: string): string =>
    `${text.trimEnd()}\n\n${lines.join('\n')}\n`;

/** The proxies, restarted with each configuration. */
export const haproxyWeaknesses: WeaknessGroup = {
  name: 'HAProxy',
  weaknesses: [
    config('proxy that logs nothing', 'nobody knows who connected: no log', without(/^ {2}log global$/u), {
      'haproxy-logs-connections': 'fail',
    }),
    config(
      'proxy as root',
      'the program that strangers talk to keeps root',
      without(/^ {2}(?:user|group|chroot) /u),
      { 'haproxy-unprivileged': 'warn' },
      ...onSubject(`${monitor}.node`, { 'node-services-not-root': 'fail' }),
    ),
    config(
      'published password of the statistics',
      'the statistics take a password that is printed in a manual',
      (text) => text.replace(/^( {2}stats auth admin:.*)$/mu, '$1\n  stats auth pgadmin:pigsty'),
      { 'haproxy-passwords-own': 'fail' },
    ),
    config(
      'open socket of the proxy',
      'every account of the host may switch servers off',
      (text) => text.replace('mode 600 level admin', 'mode 666 level admin'),
      { 'haproxy-socket-protected': 'fail' },
    ),
    config(
      'service without a health check',
      'replicas get the writes: the primary service checks nothing',
      (text) =>
        text.replace(
          /(listen pg-test-default\n(?: {2}.*\n)*?) {2}option httpchk\n {2}http-check send .*\n {2}http-check expect .*\n/u,
          '$1',
        ),
      { 'haproxy-health-checks': 'fail' },
      ...onCluster({ 'cluster-haproxy-routing': 'fail' }),
    ),
    config(
      'slow health checks',
      'a dead primary gets writes for minutes',
      (text) =>
        text.replaceAll(/inter \S+ fastinter \S+ downinter \S+ rise \d+ fall \d+/gu, 'inter 30s fall 10 rise 3'),
      { 'haproxy-detection-time': 'fail' },
    ),
    config(
      'sessions outlive their primary',
      'clients stay with a primary that is none any more',
      (text) => text.replaceAll(' on-marked-down shutdown-sessions', ''),
      { 'haproxy-sessions-cut': 'fail' },
    ),
    config(
      'proxy without timeouts',
      'a client that vanished keeps its session for ever',
      without(/^ {2}timeout (?:client|server) 24h$/u),
      { 'haproxy-timeouts-and-limits': 'fail' },
    ),
    config(
      'back door beside the services',
      'a proxy that nobody declared leads past the pooler to every member',
      section(
        'listen back-door',
        '  bind 198.51.100.10:7000',
        '  mode tcp',
        '  option tcplog',
        '  server pg-test-2 198.51.100.12:5432',
      ),
      { 'haproxy-listeners-declared': 'fail' },
      ...onSubject(`${monitor}.node`, { 'node-listeners-expected': 'warn' }),
    ),
    config('statistics without a login', 'anybody may read the statistics', without(/^ {2}stats auth /u), {
      'haproxy-stats-login': 'fail',
    }),
  ],
};
