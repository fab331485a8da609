import { defineCheck, fail, pass, undecided, warn } from '../../check.ts';
import { shellWord } from '../../psql-command.ts';
import { findProxy, sectionsOf } from '../haproxy-sections.ts';
import { configOrVerdict, isVerdict, proxiesEvidence } from '../haproxy-services.ts';

export const haproxyConfigLoaded = defineCheck({
  id: 'haproxy-config-loaded',
  scope: 'haproxy',
  catalogue: ['HAP-012'],
  title: { en: 'HAProxy runs with the configuration on disk', zh: 'HAProxy 运行中的配置与磁盘文件一致' },
  severity: 'medium',
  rationale: {
    en: 'An edit that was never loaded takes effect at the next restart, which is the worst moment to find out.',
    zh: '未加载的修改会在下次重启时生效，而那往往是最不适合发现问题的时刻。',
  },
  remediation: {
    en: 'Validate the file, then reload; undo edits that nobody wants.',
    zh: '校验配置文件后重新加载，撤销不需要的修改。',
  },
  fix: ['haproxy -c -f /etc/haproxy/haproxy.cfg', 'systemctl reload haproxy'],
  needs: ['haproxy.stats', 'haproxy.info', 'node.haproxy-config'],
  params: {},
  evaluate({ 'haproxy.stats': stats, 'haproxy.info': { startedAtSeconds }, 'node.haproxy-config': found }) {
    const config = configOrVerdict(found);
    if (isVerdict(config)) return config;
    const paths = config.files.map(({ path }) => path);
    const changedSeconds = Math.max(...config.files.map(({ modifiedAt }) => Math.floor(Date.parse(modifiedAt) / 1000)));
    const evidence = [
      proxiesEvidence(stats, { en: 'those of the files', zh: '与配置文件一致' }),
      {
        fact: 'node.haproxy-config' as const,
        at: 'last change of a file (unix seconds)',
        actual: String(changedSeconds),
        expected: {
          en: `before the start (${startedAtSeconds ?? '?'})`,
          zh: `早于启动时间（${startedAtSeconds ?? '?'}）`,
        },
        shell: `stat -L -c %Y ${paths.map(shellWord).join(' ')} | sort -n | tail -1`,
      },
    ];
    // Statistics name every proxy that runs; a file may hold more only when it was edited, or is conditional.
    const running = new Set(stats.proxies.map(({ name }) => name));
    const listed = sectionsOf(config).flatMap(({ section }) =>
      ['listen', 'frontend', 'backend'].includes(section.kind) && section.name !== null ? [section.name] : [],
    );
    const unloaded = config.files.some(({ isConditional }) => isConditional)
      ? []
      : listed.filter((name) => !running.has(name));
    const unknown = [...running].filter((name) => findProxy(config, name) === undefined && !listed.includes(name));
    if (unloaded.length > 0 || unknown.length > 0) {
      const list = [...unloaded, ...unknown].join(', ');
      return fail(
        { en: `the files and the process differ in ${list}`, zh: `经核查，磁盘配置与运行进程在 ${list} 上不一致` },
        ...evidence,
      );
    }
    if (startedAtSeconds === null) {
      return undecided(
        {
          en: 'services agree, but HAProxy does not say when it was started; serve its metrics at /metrics',
          zh: '服务一致，但无法获知 HAProxy 的启动时间，无法判定，请开放 /metrics',
        },
        ...evidence,
      );
    }
    if (changedSeconds > startedAtSeconds) {
      return warn(
        {
          en: 'a file was changed after HAProxy was started or reloaded',
          zh: '经核查，配置文件在 HAProxy 启动或重新加载之后被修改',
        },
        ...evidence,
      );
    }
    return pass(
      { en: 'HAProxy was started after the last change', zh: '经核查，HAProxy 在最近一次修改之后启动，符合要求' },
      ...evidence,
    );
  },
});
