import { dashboards } from './dashboards/index.ts';
import { recordingGroups } from './recording/groups.ts';
import { renderDashboard } from './render/dashboard.ts';
import { defaultPlaces, renderDashboardProvider, renderDataSource } from './render/provisioning.ts';
import { renderRecordingReference } from './render/recording-reference.ts';
import { defaultView } from './render/view.ts';
import { ruleFilesOf } from './rule-files.ts';
import { defaultSite } from './site/site.ts';

/** A file that `generate` owns: path below the repository root, and its whole content. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Folders in which every file is generated; anything else found there is a leftover. */
export const generatedFolders = ['rules', 'dashboards'] as const;

/** Everything that is derived from the catalogue and the definitions of this package. */
export const renderAll = (): readonly GeneratedFile[] => [
  ...ruleFilesOf(defaultSite).map(({ path, content }) => ({ path: `rules/${path}`, content })),
  { path: 'rules/recordings.md', content: renderRecordingReference(recordingGroups(defaultSite)) },
  ...dashboards.map((spec) => ({ path: `dashboards/${spec.uid}.json`, content: renderDashboard(spec) })),
  {
    path: 'deploy/grafana/provisioning/datasources/pgattest.yml',
    content: renderDataSource(defaultView, defaultPlaces),
  },
  { path: 'deploy/grafana/provisioning/dashboards/pgattest.yml', content: renderDashboardProvider(defaultPlaces) },
];
