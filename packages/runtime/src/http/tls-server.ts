import { createServer, type ServerOptions, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { Logger } from '../log.ts';
import { handshakeRules, isWelcome } from './client-certificate.ts';
import type { WebConfigSource, WebTls } from './web-config-source.ts';

/** How often changed certificates are looked for, besides at every request: a handshake comes before any request. */
const lookMs = 1000;

/**
 * An HTTPS server that follows its web configuration: certificate, key, authority, versions and client authentication
 * of new connections are those of the files as they are now. Whether it speaks TLS at all is decided at the start.
 */
export function createTlsServer(
  first: WebTls,
  source: WebConfigSource,
  options: ServerOptions,
  handler: RequestListener,
  logger: Logger,
): Server {
  let tls = first;
  let hasComplained = false;
  const server = createServer({ ...options, ...tls.context, ...handshakeRules(tls.clientAuthType) }, handler);
  const follow = async (): Promise<void> => {
    const next = (await source.current()).tls;
    if (next === undefined) {
      if (!hasComplained) logger.error('TLS cannot be switched off while serving; restart to do so');
      hasComplained = true;
      return;
    }
    if (next === tls) return;
    tls = next;
    server.setSecureContext(next.context);
    // Node reads both of its server object at every handshake.
    Object.assign(server, handshakeRules(next.clientAuthType));
  };
  const timer = setInterval(() => void follow(), lookMs).unref();
  server.on('close', () => clearInterval(timer));
  server.on('request', () => void follow());
  server.on('tlsClientError', (error) => {
    logger.debug('TLS handshake failed', { reason: error.message });
  });
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    const certificate = socket.getPeerCertificate();
    // Node gives an empty object for a client without certificate.
    const given = Object.keys(certificate).length === 0 ? undefined : certificate;
    const facts = { isVerified: socket.authorized, certificate: given };
    if (isWelcome(facts, tls.clientAuthType, tls.allowedSans)) return;
    logger.debug('client certificate refused');
    socket.destroy();
  });
  return server;
}
