import { parseConfig } from '@pgattest/runtime';
import { expect, test } from 'vitest';
import { renderAuditConfig } from './audit-config.ts';

test('the generated configuration is YAML that says what it was told', () => {
  const text = renderAuditConfig({
    cluster: 'pg-demo',
    instances: [{ name: 'pg-demo-1', dsn: 'host=127.0.0.1 port=5432 passfile=/tmp/a: b/#x.pgpass' }],
    absent: ['patroni', 'etcd'],
    evidenceDir: '/srv/report/evidence',
    reportDir: '/srv/report',
    language: 'zh',
    port: 9855,
  });
  expect(parseConfig({ text, file: 'audit.yml', schema: {} })).toEqual({
    ok: true,
    value: {
      clusters: [
        {
          name: 'pg-demo',
          members: [{ name: 'pg-demo-1', dsn: 'host=127.0.0.1 port=5432 passfile=/tmp/a: b/#x.pgpass' }],
          absent: ['patroni', 'etcd'],
        },
      ],
      evidence_dir: '/srv/report/evidence',
      report_dir: '/srv/report',
      language: 'zh',
      listen: '127.0.0.1:9855',
      interval: '5m',
    },
  });
});
