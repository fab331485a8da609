import { inhibitions } from './inhibition/index.ts';
import type { RuleGroup } from './model.ts';
import { renderAlertReference } from './render/alert-reference.ts';
import { inhibitionsAmong, renderInhibitRules } from './render/inhibit-rules.ts';
import { renderRules } from './render/rules.ts';
import { ruleGroupsOf } from './rule-groups.ts';
import { defaultSite, type Site } from './site/site.ts';

/** A file below the folder that rules are written to. */
export interface RuleFile {
  readonly path: string;
  readonly content: string;
}

/** Name by which a site file includes a group: that of its file without the prefix. */
export const groupId = ({ name }: Pick<RuleGroup, 'name'>): string => name.replace(/^pgattest-/, '');

/** Every name that `groups` of a site may list. */
export const groupIds = (): readonly string[] =>
  // With an address, so that the group that exists only with one is known by name.
  ruleGroupsOf({ ...defaultSite, vips: { any: '192.0.2.1' } }).map(groupId);

/** Everything that is loaded or read at a site: rules, inhibitions, and the reference of the alerts among them. */
export function ruleFilesOf(site: Site): readonly RuleFile[] {
  const groups = ruleGroupsOf(site).filter((group) => site.groups?.includes(groupId(group)) ?? true);
  const among = inhibitionsAmong(inhibitions, groups);
  return [
    ...groups.map((group) => ({ path: `${group.name}.yml`, content: renderRules(group, site) })),
    { path: 'alertmanager/inhibit-rules.yml', content: renderInhibitRules(among, site) },
    { path: 'README.md', content: renderAlertReference(groups, among, site) },
  ];
}
