/** Header in which Prometheus and VictoriaMetrics say how long they will wait, in seconds. */
export const scrapeTimeoutHeader = 'x-prometheus-scrape-timeout-seconds';

/** Time kept back to send the answer in. */
const replyMs = 500;

/**
 * How long a scrape may take: half a second less than the scraper waits (half of it when it waits less than a
 * second), and never more than configured. A header that is no positive number is as good as none.
 */
export function scrapeBudgetMs(header: string | undefined, configuredMs: number): number {
  const waitsMs = Number(header) * 1000;
  if (header === undefined || !Number.isFinite(waitsMs) || waitsMs <= 0) return configuredMs;
  return Math.min(configuredMs, Math.max(waitsMs - replyMs, waitsMs / 2));
}
