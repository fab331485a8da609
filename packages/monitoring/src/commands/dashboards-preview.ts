import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCode, writeFileAtomic, type CommandSpec } from '@pgattest/runtime';
import { renderPreview } from '../preview/render-preview.ts';
import { viewOf, viewOptions } from './dashboard-view.ts';
import { pairsOption, requiredOption, serverOption } from './option-text.ts';

/** `pgattest dashboards preview`: draws the dashboards from live data without a Grafana. */
export const dashboardsPreviewCommand: CommandSpec = {
  name: 'preview',
  summary: 'draw the dashboards from live data without Grafana, a page each',
  example: 'pgattest dashboards preview --url http://127.0.0.1:8428 --out /tmp/preview',
  options: [
    { flags: '--url <url>', summary: 'prometheus or VictoriaMetrics' },
    { flags: '--out <dir>', summary: 'folder to write the pages into' },
    { flags: '--theme <theme>', summary: 'colours of the pages', choices: ['light', 'dark'], default: 'light' },
    { flags: '--set <name=value...>', summary: 'value of a variable; the others take the first the server knows' },
    ...viewOptions,
  ],
  notes:
    'A preview is no Grafana: words, queries, units, limits and layout are those of the dashboard, the drawing is not.',
  async run({ options, stdout, signal }) {
    const out = requiredOption(options, 'out', '--out');
    const pages = await renderPreview({
      url: serverOption(options),
      signal,
      theme: options['theme'] === 'dark' ? 'dark' : 'light',
      variables: pairsOption(options, 'set', '--set'),
      view: await viewOf(options),
    });
    await mkdir(out, { recursive: true });
    for (const { name, page } of pages) {
      await writeFileAtomic(join(out, name), page);
      stdout.write(`wrote ${join(out, name)}\n`);
    }
    return exitCode.ok;
  },
};
