// A login at a real server that leads nowhere: what the recorder asks on behalf of a client that has no account.
import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as startTls } from 'node:tls';
import { packetReader } from './wire.mjs';

const tlsRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Connects, encrypted or not. `ask` sends bytes and resolves to the next message of the server, empty when it hung up. */
export async function openRealStranger({ host, port }, isEncrypted) {
  let socket = connect(port, host);
  await once(socket, 'connect');
  if (isEncrypted) {
    socket.write(tlsRequest);
    await once(socket, 'data');
    socket = startTls({ socket, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
  }
  const reader = packetReader();
  let chunks = [];
  let isOver = false;
  let deliver;
  const settle = () => {
    if (deliver === undefined || !(isOver || reader.message() !== undefined)) return;
    deliver(Buffer.concat(chunks));
    deliver = undefined;
    chunks = [];
  };
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    reader.push(chunk);
    settle();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isOver = true;
    settle();
  });
  return {
    ask: (bytes) =>
      new Promise((resolve) => {
        deliver = resolve;
        socket.write(bytes);
        settle();
      }),
    close: () => socket.destroy(),
  };
}
