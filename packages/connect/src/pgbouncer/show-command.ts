import { ConnectError } from '../errors.ts';

/**
 * The one kind of command that is ever sent to a console: `SHOW POOLS`. SHOW FDS is refused: it stops the event loop
 * of PgBouncer and answers with passwords. Errors: config_invalid.
 */
export function checkShowCommand(text: string): string {
  const match = /^\s*SHOW\s+([A-Z_]{1,40})\s*;?\s*$/iu.exec(text);
  const word = match?.[1]?.toUpperCase();
  if (word === undefined) {
    const shown = JSON.stringify(text.slice(0, 60));
    throw new ConnectError(
      'config_invalid',
      `${shown} is no command of PgBouncer that only shows; write SHOW and a word`,
    );
  }
  if (word === 'FDS') {
    throw new ConnectError('config_invalid', 'SHOW FDS stops PgBouncer and shows passwords; leave it out');
  }
  return `SHOW ${word}`;
}
