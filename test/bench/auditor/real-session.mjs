// A session of the recorder on a real server: `pg` logs in, then the bytes are ours.
import pg from 'pg';
import { backendKeyData, packetReader, parameterStatus, readyForQuery } from './wire.mjs';

/**
 * Logs in as a client of the fleet did, with its startup parameters. `greeting` is what the server said after the login;
 * `ask` resolves to the bytes of the answer to one simple query, ReadyForQuery included.
 */
export async function openRealSession({ host, port, ca, password }, parameters) {
  const statuses = [];
  const client = new pg.Client({
    host,
    port,
    user: parameters.user,
    database: parameters.database,
    password,
    ssl: { ca },
    options: parameters.options,
    application_name: parameters.application_name,
    ...(parameters.statement_timeout === undefined ? {} : { statement_timeout: Number(parameters.statement_timeout) }),
    ...(parameters.lock_timeout === undefined ? {} : { lock_timeout: Number(parameters.lock_timeout) }),
  });
  client.on('error', () => undefined);
  client.connection.on('parameterStatus', ({ parameterName, parameterValue }) =>
    statuses.push(parameterStatus(parameterName, parameterValue)),
  );
  await client.connect();
  const socket = client.connection.stream;
  socket.removeAllListeners('data');
  let waiting;
  const reader = packetReader();
  let chunks = [];
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    reader.push(chunk);
    for (let next = reader.message(); next !== undefined; next = reader.message()) {
      if (next.type !== 'Z') continue;
      const answer = Buffer.concat(chunks);
      chunks = [];
      waiting?.resolve(answer);
    }
  });
  socket.on('close', () => waiting?.reject(new Error('the server ended the session of the recorder')));
  return {
    greeting: Buffer.concat([...statuses, backendKeyData(1), readyForQuery]),
    ask: (query) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(query);
      }),
    close: () => socket.destroy(),
  };
}
