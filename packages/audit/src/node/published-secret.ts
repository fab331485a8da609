import { publishedPasswords } from './published-passwords.ts';

/** Name of the published password that a secret in clear text is; null when it is none. The secret is not kept. */
export const publishedSecret = (secret: string): string | null =>
  publishedPasswords.entries.find(({ password }) => password === secret)?.name ?? null;
