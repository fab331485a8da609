import { dashboards } from './dashboards/index.ts';
import { renderAlertReference } from './render/alert-reference.ts';
import { renderDashboard } from './render/dashboard.ts';
import { renderRules } from './render/rules.ts';
import { ruleGroups } from './rule-groups.ts';

/** A file that `generate` owns: path below the repository root, and its whole content. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Folders in which every file is generated; anything else found there is a leftover. */
export const generatedFolders = ['rules', 'dashboards'] as const;

/** Everything that is derived from the catalogue and the definitions of this package. */
export const renderAll = (): readonly GeneratedFile[] => [
  ...ruleGroups.map((group) => ({ path: `rules/${group.name}.yml`, content: renderRules(group) })),
  { path: 'rules/README.md', content: renderAlertReference(ruleGroups) },
  ...dashboards.map((spec) => ({ path: `dashboards/${spec.uid}.json`, content: renderDashboard(spec) })),
];
