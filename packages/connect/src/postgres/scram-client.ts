import { Client, type ClientConfig } from 'pg';
import type { TLSSocket } from 'node:tls';
import { channelBinding } from './channel-binding.ts';
import { answerScram, type ScramKeys } from './scram-keys.ts';

interface Login {
  readonly mechanism: string;
  readonly clientNonce: string;
  message: string;
  response: string;
  serverSignature: string;
}

interface Insides {
  readonly saslSession: Login;
  readonly password: string;
  readonly connection: { sendSCRAMClientFinalMessage(response: string): void };
}

const stepName = '_handleAuthSASLContinue';

/**
 * A client of `pg` that logs in by SCRAM with keys derived before; through `tls` it binds to the channel as `pg` does.
 * `pg` offers no way to hand it keys, so one step of its login is replaced; with a `pg` that has no such step, or on
 * anything unusual, its own login runs. It still checks the server's signature itself.
 */
export function createScramClient(
  config: ClientConfig,
  keys: ScramKeys,
  mostIterations: number,
  tls: TLSSocket | undefined,
): Client {
  const client = new Client(config);
  const own: unknown = Reflect.get(client, stepName);
  if (typeof own !== 'function') return client;
  const step = async (message: { readonly data: string }): Promise<void> => {
    const insides = insidesOf(client);
    const answer =
      insides === undefined
        ? undefined
        : await answerScram(keys, {
            password: insides.password,
            clientNonce: insides.saslSession.clientNonce,
            serverFirst: message.data,
            binding: () => channelBinding(insides.saslSession.mechanism, insides.saslSession.response, tls),
            mostIterations,
          }).catch(() => undefined);
    if (insides === undefined || answer === undefined) {
      await Reflect.apply(own, client, [message]);
      return;
    }
    Object.assign(insides.saslSession, { message: 'SASLResponse', ...answer });
    insides.connection.sendSCRAMClientFinalMessage(answer.response);
  };
  Reflect.set(client, stepName, step);
  return client;
}

/** Undefined unless all is there that the step needs. */
function insidesOf(client: Client): Insides | undefined {
  const login: unknown = Reflect.get(client, 'saslSession');
  const password: unknown = Reflect.get(client, 'password');
  const connection: unknown = Reflect.get(client, 'connection');
  if (typeof login !== 'object' || login === null || typeof connection !== 'object' || connection === null) {
    return undefined;
  }
  const isUsual =
    Reflect.get(login, 'message') === 'SASLInitialResponse' &&
    typeof Reflect.get(login, 'mechanism') === 'string' &&
    typeof Reflect.get(login, 'response') === 'string' &&
    typeof Reflect.get(login, 'clientNonce') === 'string' &&
    typeof Reflect.get(connection, 'sendSCRAMClientFinalMessage') === 'function';
  if (!isUsual || typeof password !== 'string') return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- looked at just now
  return { saslSession: login as Login, password, connection: connection as Insides['connection'] };
}
