import { createHash } from 'node:crypto';

/** Checks `Authorization` headers against bcrypt hashes. */
export interface BasicAuth {
  /** Whether the header names a user and that user's password. */
  readonly verify: (header: string | undefined, users: ReadonlyMap<string, string>) => Promise<boolean>;
}

/** Passwords remembered, as digests; a hash costs tens of milliseconds, and every scrape brings the same header. */
const maxRemembered = 100;
/** Passwords checked at a time: more would let anybody keep the processor busy. */
const maxWaiting = 64;
/** bcrypt reads no more of a password: whatever is longer must not match by its beginning. */
const maxPasswordBytes = 72;
/** A hash of a password nobody has, compared for unknown users so that they take as long as known ones. */
const nobody = '$2b$10$nwLf13i96nUGaRizkIYGdOotS8JkBfcFfNPKp3.xdDdhoW14Ccq3C';

/** Remembers what it has verified, by digest; a changed hash is another question. */
export function createBasicAuth(): BasicAuth {
  const remembered = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const ask = async (key: string, password: string, hash: string, isKnown: boolean): Promise<boolean> => {
    if (remembered.has(key)) return true;
    // Few servers ask for passwords, and the library is loaded only where one does.
    const { compare } = await import('bcryptjs');
    const answer = (await compare(password, hash)) && isKnown && Buffer.byteLength(password) <= maxPasswordBytes;
    // Only what is right: guesses must not push it out.
    if (answer) remembered.add(key);
    const [oldest] = remembered;
    if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
    return answer;
  };

  return {
    async verify(header, users) {
      const given = parseBasic(header);
      if (given === undefined) return false;
      const hash = users.get(given.user);
      const key = createHash('sha256')
        .update(JSON.stringify([given.user, given.password, hash ?? '']))
        .digest('base64');
      if (remembered.has(key)) return true;
      if (waiting >= maxWaiting) return false;
      waiting += 1;
      const answer = turn.then(() => ask(key, given.password, hash ?? nobody, hash !== undefined));
      turn = answer.catch(() => undefined);
      try {
        return await answer;
      } finally {
        waiting -= 1;
      }
    },
  };
}

function parseBasic(header: string | undefined): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const at = text.indexOf(':');
  return at === -1 ? undefined : { user: text.slice(0, at), password: text.slice(at + 1) };
}
