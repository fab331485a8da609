import { defineMetric, gauge } from '../model.ts';

/** Series that Prometheus and VictoriaMetrics write themselves for each scrape target; their `job` is a topology label. */
export const scrapeMetrics = Object.freeze({
  scrapeUp: defineMetric('up', gauge('bool', 'Whether the target answered the scrape'), ['job', 'instance']),
  scrapeDurationSeconds: defineMetric('scrape_duration_seconds', gauge('seconds', 'How long the scrape took'), [
    'job',
    'instance',
  ]),
});

/** The same metrics one by one, for expressions. */
export const { scrapeUp, scrapeDurationSeconds } = scrapeMetrics;
