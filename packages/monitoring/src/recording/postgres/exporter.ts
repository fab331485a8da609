import {
  gauge,
  pgExporterQueryUp,
  pgExporterScrapeBudgetSeconds,
  pgExporterScrapeDuration,
  promql,
} from '@pgattest/catalog';
import { defineRecording } from '../../model.ts';
import { levelLabels } from '../level.ts';

/** How much of its time a scrape takes: near 1 it is about to be cut off. */
export const scrapeUsage = defineRecording('pg:ins:scrape_usage', {
  ...gauge('ratio', 'Time the last scrape took as a share of its deadline'),
  labels: levelLabels.ins,
  expr: promql`${pgExporterScrapeDuration} / (${pgExporterScrapeBudgetSeconds} > 0)`,
});

/** Collectors that fail: what they would say is unknown. */
export const failingCollectors = defineRecording('pg:ins:collector_failing_count', {
  ...gauge('count', 'Collectors whose last execution failed'),
  labels: levelLabels.ins,
  expr: promql`sum without (datname, query) (1 - ${pgExporterQueryUp})`,
});

export const exporterRecordings = [scrapeUsage, failingCollectors];
