import type { Logger } from '@pgattest/runtime';

/** Warns of a password on the command line: arguments can be read by every user of the machine. */
export function warnOfVisiblePassword(urls: readonly unknown[], logger: Logger): void {
  const isVisible = urls.some((url) => typeof url === 'string' && /:\/\/[^/?@]*:[^/?]+@|\bpassword\s*=/i.test(url));
  if (!isVisible) return;
  logger.warn('the password in --url is visible to every user of this machine; use PG_EXPORTER_URL_FILE or PGPASSFILE');
}
