import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFreePort, waitFor } from '@pgattest/lab';
import { renderRules, ruleGroups } from '@pgattest/monitoring';
import { stringify } from 'yaml';

/** A scrape target with the identity labels a site gives it. */
export interface Target {
  readonly job: string;
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface FiringAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

/** A real Prometheus of the Debian package, scraping every two seconds, with the generated rules. */
export interface Prometheus {
  readonly url: string;
  query(expr: string): Promise<readonly Series[]>;
  alerts(): Promise<readonly FiringAlert[]>;
  stop(): Promise<void>;
}

/** `readAnswer` of Prometheus' HTTP API; its documented envelope is {status, data}. */
async function readAnswer<Data>(url: string): Promise<Data> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Prometheus' documented envelope
  const body = (await response.json()) as { readonly status: string; readonly error?: string; readonly data: Data };
  if (body.status !== 'success') throw new Error(`${url}: ${body.error ?? response.status}`);
  return body.data;
}

/** Starts Prometheus on a free loopback port; it ends with `stop`, which also removes its data. */
export async function startPrometheus(targets: readonly Target[]): Promise<Prometheus> {
  const dir = mkdtempSync(join(tmpdir(), 'pgattest-prometheus-'));
  const port = await randomFreePort();
  // Rules are evaluated each second here; "for" stays as generated.
  for (const group of ruleGroups)
    writeFileSync(join(dir, `${group.name}.yml`), renderRules({ ...group, interval: '1s' }));
  const jobs = [...new Set(targets.map(({ job }) => job))];
  writeFileSync(
    join(dir, 'prometheus.yml'),
    stringify({
      global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '1s' },
      rule_files: ruleGroups.map(({ name }) => `${name}.yml`),
      scrape_configs: jobs.map((job) => ({
        job_name: job,
        static_configs: targets
          .filter((target) => target.job === job)
          .map(({ address, labels }) => ({ targets: [address], labels })),
      })),
    }),
  );
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited.catch(() => undefined);
    rmSync(dir, { recursive: true, force: true });
  };
  const ready = await waitFor(
    async () => {
      const response = await fetch(`${base}/-/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
      return response?.status === 200 ? true : undefined;
    },
    { timeoutMs: 90_000, everyMs: 100 },
  );
  if (ready === undefined) {
    await stop();
    throw new Error('prometheus was not ready after 90 s');
  }
  return {
    url: base,
    async query(expr) {
      const data = await readAnswer<{
        readonly result: readonly { readonly metric: Series['metric']; readonly value: readonly [number, string] }[];
      }>(`${base}/api/v1/query?query=${encodeURIComponent(expr)}`);
      return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    async alerts() {
      return (await readAnswer<{ readonly alerts: readonly FiringAlert[] }>(`${base}/api/v1/alerts`)).alerts;
    },
    stop,
  };
}
