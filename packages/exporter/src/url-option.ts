import { readFile } from 'node:fs/promises';
import { resolvePgTarget } from '@pgattest/connect';
import { RuntimeError, type Env } from '@pgattest/runtime';

/** A URL that may have been given, and where. */
export interface UrlCandidate {
  readonly origin: string;
  readonly text: string | undefined;
}

/** The variables in which pg_exporter looks for its URL, in its order. */
export function urlVariables(env: Env): readonly UrlCandidate[] {
  return ['PG_EXPORTER_URL', 'PGURL'].map((origin) => ({ origin, text: env[origin] }));
}

/**
 * The first URL given, then the file of PG_EXPORTER_URL_FILE, then `usual`. Checked here because only here its origin is
 * known; its text may hold a password. The one of a file is read again at every scrape. Errors: config_invalid,
 * file_unreadable.
 */
export async function readUrlOption(
  candidates: readonly UrlCandidate[],
  env: Env,
  usual: string,
): Promise<string | (() => Promise<string>)> {
  const file = env['PG_EXPORTER_URL_FILE'];
  const given = candidates.find(({ text }) => text !== undefined && text.trim() !== '');
  if (given?.text === undefined && (file === undefined || file === '')) return usual;
  const { origin, text } =
    given?.text === undefined
      ? { origin: `${file} (PG_EXPORTER_URL_FILE)`, text: await readUrlFile(file ?? '') }
      : { origin: given.origin, text: given.text };
  try {
    await resolvePgTarget(text.trim(), { env });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RuntimeError('config_invalid', `cannot use ${origin}: ${why}`, { cause: error });
  }
  return given?.text === undefined ? async () => (await readUrlFile(file ?? '')).trim() : text.trim();
}

async function readUrlFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const what = `cannot read the URL from ${file} (PG_EXPORTER_URL_FILE): ${why}; fix the path or its permissions`;
    throw new RuntimeError('file_unreadable', what, { cause: error });
  }
}
