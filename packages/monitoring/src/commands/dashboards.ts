import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCode, writeFileAtomic, type CommandSpec } from '@pgattest/runtime';
import { dashboards } from '../dashboards/index.ts';
import { renderDashboard } from '../render/dashboard.ts';
import { defaultPlaces, renderDashboardProvider, renderDataSource } from '../render/provisioning.ts';
import { viewOf, viewOptions } from './dashboard-view.ts';
import { requiredOption, textOption } from './option-text.ts';

/** `pgattest dashboards`: writes the dashboards and what Grafana needs to load them, for a site. */
export const dashboardsCommand: CommandSpec = {
  name: 'dashboards',
  summary: 'write dashboards and provisioning files of Grafana for a site',
  example: 'pgattest dashboards --site site.yml --out /tmp/grafana',
  options: [
    { flags: '--out <dir>', summary: 'folder to write dashboards/ and provisioning/ into' },
    ...viewOptions,
    {
      flags: '--dashboard-folder <dir>',
      summary: 'where Grafana will find the dashboards',
      default: defaultPlaces.dashboardFolder,
    },
    {
      flags: '--server-url <url>',
      summary: 'prometheus or VictoriaMetrics, as Grafana reaches it',
      default: defaultPlaces.serverUrl,
    },
  ],
  notes: 'Copy dashboards/ to the folder named above and provisioning/ into /etc/grafana, then restart Grafana.',
  async run({ options, stdout }) {
    const out = requiredOption(options, 'out', '--out');
    const view = await viewOf(options);
    const places = {
      dashboardFolder: textOption(options, 'dashboardFolder') ?? defaultPlaces.dashboardFolder,
      serverUrl: textOption(options, 'serverUrl') ?? defaultPlaces.serverUrl,
    };
    const files = [
      ...dashboards.map((spec) => ({ path: `dashboards/${spec.uid}.json`, content: renderDashboard(spec, view) })),
      { path: 'provisioning/datasources/pgattest.yml', content: renderDataSource(view, places) },
      { path: 'provisioning/dashboards/pgattest.yml', content: renderDashboardProvider(places) },
    ];
    for (const { path, content } of files) {
      const target = join(out, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFileAtomic(target, content);
      stdout.write(`wrote ${target}\n`);
    }
    return exitCode.ok;
  },
};
