export * from './generate.ts';
export * from './grafana/dashboard.ts';
export * from './grafana/panel.ts';
export * from './model.ts';
export * from './grafana/scenario.ts';
export * from './grafana/text.ts';
export { labelsShown } from './grafana/link.ts';
export {
  checkPanelData,
  failures,
  type PanelDataOptions,
  type PanelDataResult,
} from './panel-data/check-panel-data.ts';
export { describe as describePanel } from './render/panel.ts';
export { defaultView, type DashboardView } from './render/view.ts';
export { dashboardsCommand } from './commands/dashboards.ts';
export { dashboardsCheckCommand } from './commands/dashboards-check.ts';
export { dashboardsPreviewCommand } from './commands/dashboards-preview.ts';
export { renderPreview, type PreviewOptions } from './preview/render-preview.ts';
export { alertGroups } from './alerts/index.ts';
export { alertsOf, alertRuleGroups } from './alerts/alerts-of.ts';
export { dashboards } from './dashboards/index.ts';
export { inhibitions } from './inhibition/index.ts';
export type { Inhibition } from './inhibition/inhibition.ts';
export { inhibitionsAmong, renderInhibitRules } from './render/inhibit-rules.ts';
export { recordings } from './recording/index.ts';
export { rulesCommand } from './commands/rules.ts';
export { groupIds, ruleFilesOf } from './rule-files.ts';
export { ruleGroups, ruleGroupsOf } from './rule-groups.ts';
export { renderRules } from './render/rules.ts';
export { renderDashboard } from './render/dashboard.ts';
export { defaultSite, type Site } from './site/site.ts';
