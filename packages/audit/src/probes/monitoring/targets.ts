import { defineProbe } from '../../probe.ts';
import { askJson, declaredPart, fieldsOf, labelsOf, listOf, textOf } from './ask.ts';

/** Something that the monitoring scrapes. */
export interface ScrapeTarget {
  readonly labels: Readonly<Record<string, string>>;
  /** `10.0.0.11:9630`, without scheme, path and credentials. */
  readonly address: string;
  readonly health: string;
  /** ISO 8601. */
  readonly lastScrape: string | null;
}

/** What Prometheus or VictoriaMetrics scrapes, and whether it answers. */
export const monitoringTargets = defineProbe({
  id: 'monitoring.targets',
  subject: 'monitoring',
  title: 'Scrape targets of Prometheus or VictoriaMetrics and their health (/api/v1/targets)',
  privilege: 'read access to the HTTP API of Prometheus or VictoriaMetrics',
  grants: [],
  async collect({ prometheus, signal }): Promise<readonly ScrapeTarget[]> {
    const answer = await askJson(declaredPart(prometheus, 'Prometheus'), '/api/v1/targets?state=active', signal);
    const active = listOf(fieldsOf(fieldsOf(answer)['data'])['activeTargets'], 'active targets');
    return active.map((item) => {
      const target = fieldsOf(item);
      const labels = labelsOf(target['labels']);
      return {
        labels,
        address: addressOf(textOf(target['scrapeUrl']) ?? '') ?? labels['instance'] ?? '',
        health: textOf(target['health']) ?? 'unknown',
        lastScrape: textOf(target['lastScrape']),
      };
    });
  },
});

/** A scrape URL may hold a password. */
function addressOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, port, protocol } = new URL(url);
  return port === '' ? `${host}:${protocol === 'https:' ? 443 : 80}` : host;
}
