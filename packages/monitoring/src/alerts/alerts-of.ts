import type { Alert, AlertGroup, RuleGroup } from '../model.ts';
import type { Site } from '../site/site.ts';

/** Alerts of a group as the site wants them. */
export const alertsOf = ({ alerts }: Pick<AlertGroup, 'alerts'>, site: Site): readonly Alert[] =>
  alerts.flatMap((definition) => {
    const alert = typeof definition === 'function' ? definition(site) : definition;
    return alert === undefined ? [] : [alert];
  });

/** Rule groups of alerts, one a file, as the site wants them. */
export const alertRuleGroups = (groups: readonly AlertGroup[], site: Site): readonly RuleGroup[] =>
  groups.flatMap((group) => {
    const alerts = alertsOf(group, site);
    const { name, interval } = group;
    return alerts.length === 0
      ? []
      : [{ name: `pgattest-alerts-${name}`, interval, recordings: [], alerts, of: group }];
  });
