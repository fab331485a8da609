import { parseDurationMs, RuntimeError, type CommandContext, type CommandSpec } from '@pgattest/runtime';
import { alertDrill } from '../alert/alert-drill.ts';
import { askHttp, type HttpTarget } from '../alert/http.ts';
import { hasArrived, type Receiver } from '../alert/receiver.ts';
import { precondition, unknownPrecondition, type Precondition } from '../conduct/precondition.ts';
import { conductOptions, readApproval, runDrills, textOption } from '../conduct/run-drills.ts';
import { messageOf } from '../errors.ts';

/** `pgattest drill alert`: from Alertmanager to whoever is on call. */
export const alertCommand: CommandSpec = {
  name: 'alert',
  summary: 'send one alert through Alertmanager and measure when somebody is told',
  example:
    'pgattest drill alert --cluster pg-main --alertmanager http://127.0.0.1:9093 --receiver-file /var/log/webhook.jsonl --key drill.key --approve CHG-123',
  options: [
    { flags: '--cluster <name>', summary: 'cluster that the alert is about' },
    { flags: '--alertmanager <url>', summary: 'Alertmanager' },
    { flags: '--ca <file>', summary: 'authority of its certificate' },
    { flags: '--credentials <file>', summary: 'user:password of it, one line' },
    { flags: '--receiver-file <file>', summary: 'file that received notifications are appended to' },
    { flags: '--receiver-url <url>', summary: 'page that lists received notifications' },
    { flags: '--label <k=v...>', summary: 'labels that choose the route; severity is info unless given' },
    { flags: '--within <duration>', summary: 'longest time for a notification', default: '5m' },
    ...conductOptions,
  ],
  notes: 'Exit codes: 0 delivered, 1 not delivered in time, 2 usage, 3 refused or not finished.',
  async run(context) {
    const approval = await readApproval(context);
    const cluster = needed(context, 'cluster', '--cluster pg-main');
    const alertmanager: HttpTarget = {
      url: needed(context, 'alertmanager', '--alertmanager http://127.0.0.1:9093').replace(/\/$/, ''),
      caFile: textOption(context, 'ca'),
      credentialsFile: textOption(context, 'credentials'),
    };
    const receiver = receiverOf(context);
    const { condition, version } = await askAlertmanager(alertmanager, context.signal);
    const drill = alertDrill({
      cluster,
      alertmanager,
      receiver,
      labels: labelsOf(context.options['label']),
      withinMs: parseDurationMs(textOption(context, 'within') ?? '5m'),
      preconditions: [condition, await askReceiver(receiver, context.signal)],
      version,
    });
    return runDrills(context, [drill], approval);
  },
};

function needed(context: CommandContext, name: string, example: string): string {
  const value = textOption(context, name);
  if (value !== undefined && value !== '') return value;
  throw new RuntimeError('usage', `${example.split(' ')[0] ?? ''} is missing; write ${example}`);
}

function receiverOf(context: CommandContext): Receiver {
  const path = textOption(context, 'receiverFile');
  const url = textOption(context, 'receiverUrl');
  if (path !== undefined && url === undefined) return { kind: 'file', path };
  if (url !== undefined && path === undefined) {
    return { kind: 'url', target: { url, caFile: textOption(context, 'ca'), credentialsFile: undefined } };
  }
  throw new RuntimeError('usage', 'say where notifications arrive: either --receiver-file or --receiver-url');
}

function labelsOf(given: unknown): Readonly<Record<string, string>> {
  const words = Array.isArray(given) ? given.map(String) : [];
  return Object.fromEntries(
    words.map((word) => {
      const match = /^([A-Za-z_]\w*)=(.+)$/.exec(word);
      const [, name, value] = match ?? [];
      if (name === undefined || value === undefined) {
        throw new RuntimeError('usage', `--label "${word}" is no label; write severity=critical`);
      }
      return [name, value] as const;
    }),
  );
}

async function askAlertmanager(
  target: HttpTarget,
  signal: AbortSignal,
): Promise<{ readonly condition: Precondition; readonly version: string | undefined }> {
  const title = 'Alertmanager answers';
  try {
    const { status, body } = await askHttp(target, '/api/v2/status', { method: 'GET', timeoutMs: 10_000, signal });
    const version = /"version":"([^"]+)"/.exec(body)?.[1];
    const condition = precondition('alertmanager-answers', title, status === 200, `${target.url} answered ${status}`);
    return { condition, version };
  } catch (error) {
    if (error instanceof RuntimeError) throw error;
    return { condition: unknownPrecondition('alertmanager-answers', title, messageOf(error)), version: undefined };
  }
}

async function askReceiver(receiver: Receiver, signal: AbortSignal): Promise<Precondition> {
  const title = 'the place where notifications arrive can be read';
  try {
    await hasArrived(receiver, '\u0000', signal);
    const where = receiver.kind === 'file' ? receiver.path : receiver.target.url;
    return precondition('receiver-readable', title, true, where);
  } catch (error) {
    if (error instanceof RuntimeError) throw error;
    return unknownPrecondition('receiver-readable', title, messageOf(error));
  }
}
