import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { resolvePgTarget } from './dsn.ts';
import { attemptLogin } from './login-attempt.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type, 0, 'latin1');
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
};
const request = (kind: number, rest = ''): Buffer => {
  const body = Buffer.alloc(4);
  body.writeInt32BE(kind);
  return message('R', Buffer.concat([body, Buffer.from(rest)]));
};
const refused = (sqlState: string, words: string): Buffer =>
  message('E', Buffer.from(`SFATAL\0C${sqlState}\0M${words}\0\0`));

/** A server without TLS that says these things, one after each message of the client; it keeps what it was told. */
async function serverThatSays(...answers: readonly Buffer[]) {
  const heard: Buffer[] = [];
  server = createServer((connection) => {
    connection.on('error', () => undefined);
    let turn = 0;
    connection.on('data', (data) => {
      if (data.length === 8) {
        connection.write('N');
        return;
      }
      heard.push(data);
      const answer = answers[turn];
      turn += 1;
      if (answer === undefined) connection.end();
      else connection.write(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const target = await resolvePgTarget(`host=127.0.0.1 port=${port} user=stranger dbname=app`, { env: {} });
  return { target, heard };
}

const signal = () => AbortSignal.timeout(20_000);

test('who is let in without being asked finds an open door', async () => {
  const { target } = await serverThatSays(request(0));
  expect(await attemptLogin(target, { encryption: 'plain', signal: signal() })).toMatchObject({
    encrypted: false,
    first: 'open',
    proof: 'not_tried',
  });
});

test('a refusal before any question keeps its SQLSTATE and words', async () => {
  const { target, heard } = await serverThatSays(refused('28000', 'no pg_hba.conf entry'));
  expect(await attemptLogin(target, { encryption: 'plain', signal: signal() })).toMatchObject({
    first: 'refused',
    sqlState: '28000',
    message: 'no pg_hba.conf entry',
  });
  expect(heard[0]?.toString('latin1')).toContain('user\0stranger\0database\0app\0');
});

test('without encryption the question alone is wanted, and nothing is answered', async () => {
  const { target, heard } = await serverThatSays(request(10, 'SCRAM-SHA-256\0\0'));
  const answer = await attemptLogin(target, { encryption: 'plain', signal: signal() });
  expect(answer).toMatchObject({ first: 'asked', method: 'sasl', proof: 'not_tried' });
  expect(heard).toHaveLength(1);
});

test.each([
  ['password', request(3), 'p'],
  ['md5', request(5, 'salt'), 'p'],
] as const)('a wrong %s is refused, or it is told that it was taken', async (method, question, type) => {
  const good = await serverThatSays(question, refused('28P01', 'password authentication failed'));
  const attempt = { encryption: 'try', signal: signal() } as const;
  expect(await attemptLogin(good.target, attempt)).toMatchObject({ method, proof: 'refused', sqlState: '28P01' });
  expect(good.heard[1]?.toString('latin1', 0, 1)).toBe(type);
  server?.close();
  const bad = await serverThatSays(question, request(0));
  expect(await attemptLogin(bad.target, attempt)).toMatchObject({ method, proof: 'accepted' });
});

test('SCRAM is played to its end with a proof made up', async () => {
  const { target, heard } = await serverThatSays(
    request(10, 'SCRAM-SHA-256\0\0'),
    request(11, 'r=clientserver,s=c2FsdA==,i=4096'),
    refused('28P01', 'password authentication failed'),
  );
  const answer = await attemptLogin(target, { encryption: 'try', signal: signal() });
  expect(answer).toMatchObject({ first: 'asked', method: 'sasl', proof: 'refused', sqlState: '28P01' });
  expect(heard[2]?.toString('latin1')).toContain('c=biws,r=clientserver,p=');
});

test('a method without a form to fill in is told by its number', async () => {
  const { target } = await serverThatSays(request(42));
  expect(await attemptLogin(target, { encryption: 'try', signal: signal() })).toMatchObject({
    method: '42',
    proof: 'not_tried',
  });
});

test('what is not the protocol, silence and a Unix socket are failures of their own', async () => {
  const other = await serverThatSays(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const attempt = { encryption: 'plain', signal: signal() } as const;
  await expect(attemptLogin(other.target, attempt)).rejects.toMatchObject({ code: 'invalid_data' });
  server?.close();
  const silent = await serverThatSays();
  await expect(attemptLogin(silent.target, attempt)).rejects.toMatchObject({ code: 'unreachable' });
  const socket = await resolvePgTarget('host=/run user=u', { env: {} });
  await expect(attemptLogin(socket, attempt)).rejects.toMatchObject({ code: 'unsupported' });
});
