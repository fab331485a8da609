import { describe, expect, it } from 'vitest';
import { parseServerStates } from './haproxy-states.ts';
import { findServiceProblem, renderHaproxyConfig, services } from './haproxy.ts';
import { fixtureMaterials } from './materials.fixture.ts';

/** Lines of a section, by its header. */
function section(text: string, header: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.indexOf(header);
  if (start < 0) throw new Error(`no section ${header}`);
  const end = lines.indexOf('', start);
  return lines.slice(start + 1, end).map((line) => line.trim());
}

describe('haproxy.cfg', () => {
  it('has the four services of Pigsty, each with its check and its target', () => {
    const text = renderHaproxyConfig(fixtureMaterials());
    const summary = services.map(({ name }) => {
      const lines = section(text, `listen pg-test-${name}`);
      return [
        name,
        lines.find((line) => line.startsWith('bind')),
        lines.find((line) => line.startsWith('http-check send')),
        ...lines.filter((line) => line.startsWith('server')).map((line) => line.replaceAll('198.51.100.', '')),
      ];
    });
    expect(summary).toEqual([
      [
        'primary',
        'bind 198.51.100.10:5433',
        'http-check send meth OPTIONS uri /primary',
        'server pg-test-1 11:6432 check port 8008',
        'server pg-test-2 12:6432 check port 8008',
        'server pg-test-3 13:6432 check port 8008',
      ],
      [
        'replica',
        'bind 198.51.100.10:5434',
        'http-check send meth OPTIONS uri /read-only',
        'server pg-test-1 11:6432 check port 8008 backup',
        'server pg-test-2 12:6432 check port 8008',
        'server pg-test-3 13:6432 check port 8008 backup',
      ],
      [
        'default',
        'bind 198.51.100.10:5436',
        'http-check send meth OPTIONS uri /primary',
        'server pg-test-1 11:5432 check port 8008',
        'server pg-test-2 12:5432 check port 8008',
        'server pg-test-3 13:5432 check port 8008',
      ],
      [
        'offline',
        'bind 198.51.100.10:5438',
        'http-check send meth OPTIONS uri /replica',
        'server pg-test-1 11:5432 check port 8008 backup',
        'server pg-test-2 12:5432 check port 8008 backup',
        'server pg-test-3 13:5432 check port 8008',
      ],
    ]);
  });

  it.each([
    ['fast', 'inter 1s fastinter 500ms downinter 1s rise 3 fall 3'],
    ['norm', 'inter 2s fastinter 1s downinter 2s rise 3 fall 3'],
    ['wide', 'inter 4s fastinter 2s downinter 4s rise 3 fall 3'],
  ] as const)('checks at the pace of the plan %s', (rto, pace) => {
    const lines = section(renderHaproxyConfig(fixtureMaterials({ rto })), 'listen pg-test-primary');
    expect(lines.find((line) => line.startsWith('default-server'))).toContain(
      `default-server ${pace} on-marked-down shutdown-sessions`,
    );
  });

  it('leaves no service without a server when there are two members', () => {
    const text = renderHaproxyConfig(fixtureMaterials({ nodes: 2, etcdMembers: 2 }));
    expect(section(text, 'listen pg-test-offline').filter((line) => line.startsWith('server'))).toHaveLength(2);
  });
});

const state = (server: string, isUp: boolean) => ({ proxy: 'pg-test-primary', server, isUp });

describe('readiness', () => {
  const service = { check: '/primary', port: 5433 };

  it('reads which servers are up from the metrics of HAProxy', () => {
    const text = [
      '# TYPE haproxy_server_status gauge',
      'haproxy_server_status{proxy="pg-test-primary",server="pg-test-1",state="DOWN"} 0',
      'haproxy_server_status{proxy="pg-test-primary",server="pg-test-1",state="UP"} 1',
      'haproxy_server_status{proxy="pg-test-primary",server="pg-test-2",state="UP"} 0',
    ].join('\n');
    expect(parseServerStates(text)).toEqual([state('pg-test-1', true), state('pg-test-2', false)]);
  });

  it('is reached with exactly one server behind the service of the primary', () => {
    const states = [state('pg-test-1', true), state('pg-test-2', false)];
    expect(findServiceProblem('pg-test-primary', service, states)).toBeUndefined();
  });

  it('says which service has no server', () => {
    expect(findServiceProblem('pg-test-primary', service, [state('pg-test-1', false)])).toMatch(
      /pg-test-primary \(port 5433\) has no server up yet/u,
    );
  });

  it('does not believe in two primaries, which is what the first second looks like', () => {
    const states = [state('pg-test-1', true), state('pg-test-2', true)];
    expect(findServiceProblem('pg-test-primary', service, states)).toMatch(/pg-test-1 and pg-test-2/u);
    expect(findServiceProblem('pg-test-primary', { ...service, check: '/read-only' }, states)).toBeUndefined();
  });
});
