import { exitCode, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import type { Forwarded } from '../control/forwarder.ts';
import { attachLab } from '../lab.ts';
import { getHost } from '../topology.ts';
import { labName, nameOption } from './command-options.ts';

/** `pgattest lab forward`. */
export const forwardCommand: CommandSpec = {
  name: 'forward',
  summary: 'open ports on 127.0.0.1 that lead into a lab, until Ctrl-C',
  example: 'pgattest lab forward mon:5433 mon:8428',
  arguments: [{ syntax: '<targets...>', summary: 'HOST:PORT in the lab, or LOCALPORT:HOST:PORT' }],
  options: [nameOption],
  async run({ args, options, stdout, signal }) {
    const targets = args.map(parseTarget);
    const lab = await attachLab(labName(options));
    for (const { host } of targets) getHost(lab.topology, host);
    const open: Forwarded[] = [];
    try {
      for (const { host, port, localPort } of targets) {
        const one = await lab.forward(host, port, localPort);
        open.push(one);
        stdout.write(`127.0.0.1:${one.port} ${host}:${port}\n`);
      }
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
      return exitCode.ok;
    } finally {
      await Promise.all(open.map(async (one) => one.close()));
    }
  },
};

/** `mon:5433` or `15433:mon:5433`. Errors: usage. */
export function parseTarget(text: string): {
  readonly host: string;
  readonly port: number;
  readonly localPort: number | undefined;
} {
  const [, local, host = '', port = ''] = /^(?:(\d+):)?([a-z][a-z0-9-]*):(\d+)$/u.exec(text) ?? [];
  if (host === '' || !isPort(port) || (local !== undefined && !isPort(local))) {
    throw new RuntimeError('usage', `"${text}" is not HOST:PORT or LOCALPORT:HOST:PORT, for example mon:5433`);
  }
  return { host, port: Number(port), localPort: local === undefined ? undefined : Number(local) };
}

function isPort(digits: string): boolean {
  return Number(digits) >= 1 && Number(digits) <= 65_535;
}
