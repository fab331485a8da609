import { expect, test } from 'vitest';
import { renderGuide } from './guide.ts';
import { quickstartTexts } from './texts.ts';

const running = {
  metrics: [{ instance: 'pg-demo-1', url: 'http://127.0.0.1:9630/metrics' }],
  serviceUrl: 'http://127.0.0.1:9855/',
  reports: ['/srv/report/a.en.html'],
  evidence: '/srv/report/evidence',
  commands: { auditAgain: 'pgattest audit run', sql: 'psql "host=127.0.0.1"' },
  logDir: '/tmp/run/logs',
};

test('the guide lists every place, aligned', () => {
  expect(renderGuide(running, quickstartTexts.en)).toMatchInlineSnapshot(`
    "
    Where to look
      metrics of pg-demo-1  http://127.0.0.1:9630/metrics
      audit service         http://127.0.0.1:9855/
      report                /srv/report/a.en.html
      evidence              /srv/report/evidence
      audit again           pgattest audit run
      SQL                   psql "host=127.0.0.1"
      logs                  /tmp/run/logs
    "
  `);
});

test('Chinese labels are aligned by terminal columns', () => {
  expect(renderGuide(running, quickstartTexts.zh)).toMatchInlineSnapshot(`
    "
    查看位置
      指标 pg-demo-1  http://127.0.0.1:9630/metrics
      审计服务        http://127.0.0.1:9855/
      报告            /srv/report/a.en.html
      证据            /srv/report/evidence
      再次审计        pgattest audit run
      SQL             psql "host=127.0.0.1"
      日志            /tmp/run/logs
    "
  `);
});

test('after everything has stopped only the files are left to look at', () => {
  const stopped = { ...running, metrics: [], serviceUrl: undefined, commands: undefined, logDir: undefined };
  expect(renderGuide(stopped, quickstartTexts.en)).toMatchInlineSnapshot(`
    "
    Where to look
      report    /srv/report/a.en.html
      evidence  /srv/report/evidence
    "
  `);
});
