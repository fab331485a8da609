import { expect, test } from 'vitest';
import type { FactMap } from '../../facts.ts';
import type { Observation } from '../../probe.ts';
import { ok, evidenceLines, seenAt, unreachable } from '../settings.fixture.ts';
import { offersFact, tlsFact } from '../tls-offers.fixture.ts';
import { clusterCertificateNames } from './cluster-certificate-names.ts';

interface Shown {
  readonly server?: readonly string[] | undefined;
  readonly pooler?: readonly string[];
  readonly service?: readonly string[];
  readonly vip?: string;
  readonly names?: readonly string[];
  readonly isSilent?: boolean;
}
const own = ['DNS:pg-test-1', 'IP Address:10.0.0.1', 'IP Address:10.0.0.3'];

const shown = (san: readonly string[]) => ok({ offered: true, ...tlsFact({ san }) } as const);

/** One server at 10.0.0.1, with what its certificates name. */
function judge({ server = own, pooler, service, vip, names = [], isSilent = false }: Shown) {
  const endpoint: Observation<FactMap['pg.tls-endpoint']> = isSilent ? unreachable : shown(server);
  return clusterCertificateNames.evaluate(
    {
      'pg.tls-offers': new Map([['pg-test-1', isSilent ? unreachable : ok(offersFact())]]),
      'pg.tls-endpoint': new Map([['pg-test-1', endpoint]]),
      'pgbouncer.tls-offers': new Map(pooler === undefined ? [] : [['pg-test-1.pgbouncer', ok(offersFact())]]),
      'pgbouncer.tls': new Map(pooler === undefined ? [] : [['pg-test-1.pgbouncer', shown(pooler)]]),
      'haproxy.service-tls': new Map(
        service === undefined
          ? []
          : [
              [
                'mon-1.haproxy',
                ok([
                  {
                    service: { name: 'pg-test-primary', role: 'primary', host: '10.0.0.9', port: 5433 } as const,
                    endpoint: { offered: true, ...tlsFact({ san: service }) } as const,
                    problem: null,
                  },
                ]),
              ],
            ],
      ),
      'node.vip': new Map(
        vip === undefined
          ? []
          : [
              [
                'pg-test-1.node',
                ok({
                  manager: { path: '/x', ip: vip, interface: 'eth0', triggerKey: 'k', triggerValue: 'v' },
                  addresses: [],
                }),
              ],
            ],
      ),
    },
    { names },
    seenAt,
  );
}

test.each<readonly [string, string, Shown]>([
  ['hardened', 'pass', { pooler: own, vip: '10.0.0.3' }],
  ['weak: another name', 'fail', { server: ['DNS:pg-other-1'] }],
  ['weak: the pooler shows another name', 'fail', { pooler: ['DNS:pg-other-1'] }],
  ['the virtual address is missing', 'warn', { vip: '10.0.0.4' }],
  ['a name in DNS is missing', 'warn', { names: ['db.test'] }],
  ['the balancer is not named', 'warn', { service: own }],
  ['the balancer is named', 'pass', { service: [...own, 'IP Address:10.0.0.9'] }],
  ['a server did not answer', 'undecided', { isSilent: true }],
])('%s: %s', (_, outcome, names) => {
  expect(judge(names).outcome).toBe(outcome);
});

test('a complaint shows the name that is missing', () => {
  expect(evidenceLines(judge({ vip: '10.0.0.4' }))).toEqual(['pg-test-1 certificate at 10.0.0.1:5432 for 10.0.0.4=no']);
});
