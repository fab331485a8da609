import { explainInstance } from './explain.ts';
import type { InstanceScraper } from './instance.ts';
import type { InstanceReport } from './scrape-report.ts';
import type { ExporterSource } from './source-api.ts';
import { statusDocument } from './status-document.ts';
import { statText } from './status-pages.ts';

/** What a source says of its last report that has settled, and how it is ended: all of it but the scrape. */
export function answersFrom(
  scraper: Pick<InstanceScraper, 'known' | 'forget' | 'close'>,
  latest: () => InstanceReport | undefined,
): Omit<ExporterSource, 'scrape'> {
  return {
    explain() {
      const report = latest();
      const plans = report === undefined ? '' : explainInstance(report);
      return plans === '' ? undefined : plans;
    },
    stat() {
      const report = latest();
      return report === undefined ? undefined : statText(report);
    },
    status: () => statusDocument(latest() ?? scraper.known()),
    forget: () => scraper.forget(),
    close: () => scraper.close(),
  };
}
