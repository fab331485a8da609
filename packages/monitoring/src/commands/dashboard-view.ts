import { findDurationMs, RuntimeError, type OptionSpec } from '@pgattest/runtime';
import type { Language } from '../grafana/text.ts';
import { defaultView, type DashboardView } from '../render/view.ts';
import { groupIds } from '../rule-files.ts';
import { loadSite } from '../site/load-site.ts';
import { textOption } from './option-text.ts';

/** Options by which dashboards are written for a site. */
export const viewOptions: readonly OptionSpec[] = [
  { flags: '--site <file>', summary: 'site file of "pgattest rules": label names, limits, language' },
  { flags: '--language <name>', summary: 'of the texts, over the site file', choices: ['en', 'zh'] },
  { flags: '--data-source <uid>', summary: 'uid of the data source in Grafana', default: defaultView.dataSource },
  {
    flags: '--scrape-interval <duration>',
    summary: 'how often targets are scraped: a rate is taken over four of it',
    default: defaultView.scrapeInterval,
  },
];

/** The view that the options ask for. Errors: usage; file_unreadable and config_invalid for the site file. */
export async function viewOf(options: Readonly<Record<string, unknown>>): Promise<DashboardView> {
  const scrapeInterval = textOption(options, 'scrapeInterval') ?? defaultView.scrapeInterval;
  if (findDurationMs(scrapeInterval) === undefined) {
    throw new RuntimeError('usage', `--scrape-interval takes a duration such as 10s, not "${scrapeInterval}"`);
  }
  const file = textOption(options, 'site');
  const site = file === undefined ? defaultView.site : await loadSite(file, groupIds());
  const asked = textOption(options, 'language') ?? site.language;
  const language: Language = asked === 'zh' ? 'zh' : 'en';
  return { site, language, scrapeInterval, dataSource: textOption(options, 'dataSource') ?? defaultView.dataSource };
}
