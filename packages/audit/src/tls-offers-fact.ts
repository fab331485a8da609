import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectError, readFirstFlight, type TlsPort } from '@pgattest/connect';
import { clientHello, parseHelloAnswer, type HelloAnswer } from './tls-hello.ts';
import { tlsOffers, type TlsOfferKind } from './tls-suites.ts';

/** What a port answers to hellos that it should decline. */
export interface TlsOffersFact extends TlsPort {
  /** Name that was asked for; null for an address. */
  readonly serverName: string | null;
  /** Null where the port offers no TLS at all. */
  readonly answers: readonly { readonly offer: TlsOfferKind; readonly answer: HelloAnswer }[] | null;
}

/** Between two hellos to one port. */
const pauseMs = 50;

/** Sends each hello on a connection of its own, one after the other. Errors: those of `readFirstFlight`. */
export async function meetWithOffers(
  { host, port, startsWith }: TlsPort,
  serverName: string | undefined,
  signal: AbortSignal,
): Promise<TlsOffersFact> {
  const name = serverName ?? (isIP(host) === 0 ? host : undefined);
  const base = { host, port, startsWith, serverName: name ?? null };
  const answers: { readonly offer: TlsOfferKind; readonly answer: HelloAnswer }[] = [];
  for (const offer of tlsOffers) {
    if (answers.length > 0) await sleep(pauseMs, undefined, { signal });
    try {
      const hello = Uint8Array.from(clientHello(offer, name));
      const bytes = await readFirstFlight({ host, port, startsWith }, hello, signal);
      answers.push({ offer: offer.kind, answer: parseHelloAnswer(bytes) });
    } catch (error) {
      if (error instanceof ConnectError && error.code === 'unsupported') return { ...base, answers: null };
      throw error;
    }
  }
  return { ...base, answers };
}

/** The port of an address, and null answers for one that is plain HTTP. */
export async function meetUrlWithOffers(
  { url, serverName }: { readonly url: string; readonly serverName?: string },
  signal: AbortSignal,
): Promise<TlsOffersFact> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replaceAll(/^\[|\]$/gu, '');
  const at = {
    host,
    port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port),
    startsWith: 'tls' as const,
  };
  if (protocol !== 'https:') return { ...at, serverName: null, answers: null };
  return meetWithOffers(at, serverName, signal);
}

/** The same of a port that speaks the protocol of PostgreSQL. Errors: unsupported, for a Unix socket. */
export async function meetWithPostgresOffers(
  { host, port }: Pick<TlsPort, 'host' | 'port'>,
  signal: AbortSignal,
): Promise<TlsOffersFact> {
  if (host.startsWith('/')) throw new ConnectError('unsupported', `${host} is a Unix socket, which has no TLS`);
  return meetWithOffers({ host, port, startsWith: 'postgres' }, undefined, signal);
}
