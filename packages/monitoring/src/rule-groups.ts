import { alertRuleGroups } from './alerts/alerts-of.ts';
import { alertGroups } from './alerts/index.ts';
import type { RuleGroup } from './model.ts';
import { recordingGroups } from './recording/groups.ts';
import { defaultSite, type Site } from './site/site.ts';

/** One group a file: recorded series, then alerts, which read none of these and so can be loaded without them. */
export const ruleGroupsOf = (site: Site): readonly RuleGroup[] => [
  ...recordingGroups(site).map((group) => ({ ...group, alerts: [] })),
  ...alertRuleGroups(alertGroups, site),
];

/** The groups of the committed files. */
export const ruleGroups: readonly RuleGroup[] = ruleGroupsOf(defaultSite);
