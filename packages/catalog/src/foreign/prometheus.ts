import { defineMetric, gauge } from '../model.ts';

/** Series that Prometheus and VictoriaMetrics write themselves for each scrape target; their `job` is a topology label. */
export const scrapeMetrics = Object.freeze({
  scrapeUp: defineMetric('up', gauge('bool', 'Whether the target answered the scrape'), ['job', 'instance']),
  scrapeDurationSeconds: defineMetric('scrape_duration_seconds', gauge('seconds', 'How long the scrape took'), [
    'job',
    'instance',
  ]),
  scrapeSamplesScraped: defineMetric('scrape_samples_scraped', gauge('count', 'Samples the target exposed'), [
    'job',
    'instance',
  ]),
});

/** The same metrics one by one, for expressions. */
export const { scrapeUp, scrapeDurationSeconds, scrapeSamplesScraped } = scrapeMetrics;

/** What Prometheus and vmalert write for each alert of a rule: pending or firing. Absent while there is none. */
export const alertsActive = defineMetric('ALERTS', gauge('info', 'An alert that is pending or fires, constantly 1'), [
  'alertname',
  'alertstate',
  'severity',
  'level',
]);
