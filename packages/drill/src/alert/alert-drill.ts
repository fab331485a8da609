import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { secondsOf } from '../conduct/clock.ts';
import type { Drill, DrillRun } from '../conduct/conduct.ts';
import type { Precondition } from '../conduct/precondition.ts';
import { DrillError } from '../errors.ts';
import { askHttp, type HttpTarget } from './http.ts';
import { hasArrived, type Receiver } from './receiver.ts';

export interface AlertDrillOptions {
  readonly cluster: string;
  readonly alertmanager: HttpTarget;
  readonly receiver: Receiver;
  /** Labels that choose the route, beside those of the drill. */
  readonly labels: Readonly<Record<string, string>>;
  /** How long a notification may take before the drill fails. */
  readonly withinMs: number;
  readonly preconditions: readonly Precondition[];
  readonly version: string | undefined;
}

/** Sends one alert that says it is a drill, and waits until somebody was told; then ends it. */
export function alertDrill(options: AlertDrillOptions): Drill {
  const { cluster, alertmanager, receiver } = options;
  const where = receiver.kind === 'file' ? receiver.path : receiver.target.url;
  const labels = Object.entries(labelsOf(options, '…'))
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ');
  return {
    kind: 'alert',
    cluster,
    subject: undefined,
    plan: {
      title: `alert drill of ${cluster}: through ${alertmanager.url} to ${where}`,
      changes: ['whoever is on call for these labels receives one alert, PgattestDrill, and its end'],
      steps: [
        `POST ${alertmanager.url}/api/v2/alerts {${labels}}`,
        `wait at most ${Math.round(options.withinMs / 1000)} s until ${where} has it`,
        'end the alert',
      ],
      preconditions: options.preconditions,
    },
    execute: (run) => execute(options, run),
  };
}

const labelsOf = ({ cluster, labels }: AlertDrillOptions, id: string): Readonly<Record<string, string>> => ({
  severity: 'info',
  ...labels,
  alertname: 'PgattestDrill',
  cls: cluster,
  drill: id,
});

async function execute(options: AlertDrillOptions, run: DrillRun): Promise<void> {
  if (options.version !== undefined) run.tool('alertmanager', options.version);
  const id = randomBytes(8).toString('hex');
  const began = run.clock.now();
  const sentMs = run.clock.elapsedMs();
  const alert = (endsAt: Date): readonly unknown[] => [
    {
      labels: labelsOf(options, id),
      annotations: { summary: `Drill of the alerting path of ${options.cluster}: nothing is wrong`, drill: id },
      startsAt: began.toISOString(),
      endsAt: endsAt.toISOString(),
    },
  ];
  const post = async (endsAt: Date, signal: AbortSignal): Promise<void> => {
    const call = { method: 'POST', body: alert(endsAt), timeoutMs: 10_000, signal } as const;
    const { status, body } = await askHttp(options.alertmanager, '/api/v2/alerts', call);
    if (status !== 200)
      throw new DrillError('unfinished', `Alertmanager took no alert: ${status} ${body.slice(0, 200)}`);
  };
  await run.timeline.run('fire', 'send the alert', () =>
    post(new Date(began.getTime() + options.withinMs + 60_000), run.signal),
  );
  try {
    const arrived = await run.timeline.run('deliver', 'wait for the notification', async (note) => {
      for (;;) {
        if (run.signal.aborted)
          throw new DrillError('deadline', 'stopped while waiting for the notification; the alert was ended');
        if (await hasArrived(options.receiver, id, run.signal)) return run.clock.elapsedMs();
        if (run.clock.elapsedMs() - sentMs > options.withinMs) {
          note(`nothing within ${Math.round(options.withinMs / 1000)} s`);
          return undefined;
        }
        await sleep(200);
      }
    });
    if (arrived === undefined) {
      const seconds = Math.round(options.withinMs / 1000);
      const message = `no notification of the alert within ${seconds} s: Alertmanager took it, the receiver never had it`;
      run.finding({ code: 'alert-not-delivered', subject: options.cluster, message });
    } else {
      const seconds = secondsOf(arrived - sentMs);
      run.record({ deliverySeconds: seconds });
      run.check({ id: 'delivery', subject: options.cluster, outcome: 'pass', detail: `delivered after ${seconds} s` });
    }
  } finally {
    // Also when the drill was stopped: nobody is left with an alert that is none.
    await run.timeline.run('resolve', 'end the alert', () => post(run.clock.now(), AbortSignal.timeout(15_000)));
  }
}
