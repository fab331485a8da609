import { isIP } from 'node:net';
import { RuntimeError } from '../errors.ts';

/** Where to listen; an empty host means every interface, port 0 a free port. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `:9630` (every interface, as the programs we replace read it), `127.0.0.1:9630`, `localhost:9630` or
 * `[::1]:9630`. Errors: usage.
 */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[(?<six>[0-9a-fA-F:.%]+)\]|(?<host>[^\s:/[\]]*)):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.['port']);
  const six = match?.groups?.['six'];
  if (match === null || port > 65_535 || (six !== undefined && isIP(six) !== 6)) {
    throw new RuntimeError(
      'usage',
      `"${text}" is not a listen address; write host:port, [IPv6]:port, or :port for every interface`,
    );
  }
  return { host: six ?? match.groups?.['host'] ?? '', port };
}

/** The address as `host:port`, IPv6 in brackets. */
export function formatListenAddress({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** URL at which this machine reaches the address: every-interface addresses become loopback. No slash at the end. */
export function urlOf({ host, port }: ListenAddress, isTls = false): string {
  const reachable = host === '' || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `${isTls ? 'https' : 'http'}://${formatListenAddress({ host: reachable, port })}`;
}
