// An address that speaks PostgreSQL's protocol: TLS, SCRAM, simple queries. Of cluster 0 it asks the real server and
// records; of any other it answers from the tape, after a delay. What was never recorded is refused and counted.
import { createServer } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { openRealSession } from './real-session.mjs';
import { openRealStranger } from './real-stranger.mjs';
import { scramLogin } from './scram-server.mjs';
import { authentication, errorResponse, message, packetReader, readyForQuery } from './wire.mjs';
import { startupCodes, startupParameters } from './wire.mjs';

const strangersName = /pgattest_[0-9a-f]{12}/gu;

/**
 * Serves one member. `site`: { number, member, user, secret, tape, latencyMs(), count(name), identity, real }; `real` is
 * the server behind it and is there for cluster 0 only.
 */
export function createPostgresEndpoint(site) {
  const secureContext = createSecureContext({ cert: site.identity.certificate, key: site.identity.key });
  return createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    void receiveStart(socket, site, secureContext);
  });
}

/** The first packets: a request for TLS or GSS, then parameters. */
function receiveStart(socket, site, secureContext) {
  const reader = packetReader();
  const onData = (chunk) => {
    reader.push(chunk);
    const packet = reader.startPacket();
    if (packet === undefined) return;
    const code = packet.length >= 4 ? packet.readInt32BE(0) : 0;
    if (code === startupCodes.gss) socket.write('N');
    else if (code === startupCodes.tls) {
      socket.off('data', onData);
      socket.pause();
      socket.write('S', () => {
        site.count('handshakes');
        const tls = new TLSSocket(socket, { isServer: true, secureContext });
        tls.on('error', () => socket.destroy());
        void receiveStart(tls, site, secureContext);
      });
    } else if (code === startupCodes.version3) {
      socket.off('data', onData);
      const parameters = startupParameters(packet);
      const talk = { socket, reader, site, parameters, startPacket: packet };
      void (parameters.user === site.user ? serveAuditor(talk) : serveStranger(talk)).catch(() => socket.destroy());
    } else socket.destroy();
  };
  socket.on('data', onData);
}

/** Messages of a client one after the other; undefined once it is gone. */
function messagesOf({ socket, reader }) {
  let wake;
  let isOver = false;
  socket.on('data', (chunk) => {
    reader.push(chunk);
    wake?.();
  });
  socket.on('close', () => {
    isOver = true;
    wake?.();
  });
  return async () => {
    for (;;) {
      const next = reader.message();
      if (next !== undefined || isOver) return next;
      await new Promise((resolve) => {
        wake = resolve;
      });
    }
  };
}

/** The one account there is: SCRAM, then questions. */
async function serveAuditor(talk) {
  const { socket, site, parameters } = talk;
  const next = messagesOf(talk);
  if (!(await logIn(socket, site, next))) return;
  const { number, member, tape, real } = site;
  const { database } = parameters;
  const session = real === undefined ? undefined : await openRealSession(real, parameters);
  socket.on('close', () => session?.close());
  if (session !== undefined) tape.keep('greeting', member, database, session.greeting);
  await pause(site);
  socket.write(Buffer.concat([authentication(0), tape.find('greeting', member, database, number) ?? readyForQuery]));
  site.count('sessions');
  for (let asked = await next(); asked !== undefined && asked.type !== 'X'; asked = await next()) {
    const sql = asked.body.toString('utf8', 0, asked.body.length - 1);
    const place = `${database} ${sql}`;
    if (session !== undefined) tape.keep('query', member, place, await session.ask(message(asked.type, asked.body)));
    else await pause(site);
    const answer = asked.type === 'Q' ? tape.find('query', member, place, number) : undefined;
    site.count(answer === undefined ? `not recorded: ${asked.type} ${place.slice(0, 200)}` : 'answers');
    socket.write(answer ?? Buffer.concat([errorResponse('ERROR', 'XX000', 'not recorded'), readyForQuery]));
  }
  socket.end();
}

async function logIn(socket, { secret }, next) {
  const scram = scramLogin(secret);
  socket.write(authentication(10, Buffer.from('SCRAM-SHA-256\0\0')));
  const first = await next();
  if (first === undefined) return false;
  const mechanismEnd = first.body.indexOf(0);
  socket.write(authentication(11, Buffer.from(scram.first(first.body.toString('utf8', mechanismEnd + 5)))));
  const last = await next();
  if (last === undefined) return false;
  const proof = scram.final(last.body.toString('utf8'));
  if (proof === undefined) {
    socket.end(errorResponse('FATAL', '28P01', 'password authentication failed'));
    return false;
  }
  socket.write(authentication(12, Buffer.from(proof)));
  return true;
}

/** A login without an account: what the server says, turn by turn. */
async function serveStranger(talk) {
  const { socket, site, parameters, startPacket } = talk;
  const next = messagesOf(talk);
  const { number, member, tape } = site;
  const kind = socket instanceof TLSSocket ? 'encrypted' : 'plain';
  const real = site.real === undefined ? undefined : await openRealStranger(site.real, kind === 'encrypted');
  socket.on('close', () => real?.close());
  let sent = Buffer.concat([lengthOf(startPacket), startPacket]);
  for (let turn = 0; ; turn += 1) {
    if (real !== undefined) tape.keep('stranger', member, `${kind} ${turn}`, await real.ask(sent));
    else await pause(site);
    const answer = tape.find('stranger', member, `${kind} ${turn}`, number) ?? Buffer.alloc(0);
    site.count('strangers');
    socket.write(Buffer.from(answer.toString('latin1').replaceAll(strangersName, parameters.user), 'latin1'));
    if (answer.length === 0 || answer[0] === 'E'.charCodeAt(0)) break;
    const said = await next();
    if (said === undefined) return;
    sent = message(said.type, said.body);
  }
  socket.end();
}

function lengthOf(packet) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(packet.length + 4);
  return bytes;
}

const pause = ({ latencyMs }) => new Promise((resolve) => setTimeout(resolve, latencyMs()));
