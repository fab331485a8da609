import type { Dashboard } from './dashboard.ts';
import { identities, type Identity } from './identity.ts';
import type { Panel } from './panel.ts';
import { queriesOf } from './panel.ts';

/** A data link: where a click on a cell, a point or a legend entry leads. */
export interface DataLink {
  readonly uid: string;
  readonly url: string;
}

/** Where a label value stands for the interpolation of Grafana: in a row of a table or among the labels of a series. */
export type LabelSource = 'row' | 'series';

/** Labels by which a panel tells its rows or series apart. */
export function labelsShown(panel: Panel): readonly string[] {
  if (panel.type === 'table') return Object.keys(panel.keys);
  if (panel.type === 'matrix') return [panel.rowLabel, panel.columnLabel];
  const mentioned = queriesOf(panel).map(({ legend }) => [...legend.en.matchAll(/\{\{(\w+)\}\}/gu)].map(([, l]) => l));
  // Only a label that every series has can be linked by.
  const [first = [], ...others] = mentioned;
  return first.filter((label) => label !== undefined).filter((label) => others.every((list) => list.includes(label)));
}

/** Link of a whole panel: the page of the most specific thing it shows, one level below this dashboard. */
export function panelLink(panel: Panel, here: Dashboard): DataLink {
  const shown = labelsShown(panel);
  const source: LabelSource = panel.type === 'table' ? 'row' : 'series';
  const found = identities.find(([label, { uid }]) => shown.includes(label) && uid !== here.uid);
  if (panel.link !== undefined) return plainLink(panel.link, here, shown, source);
  if (found === undefined || panel.type === 'matrix') return plainLink(here.down, here, shown, source);
  return identityLink(found[1], here, shown, source);
}

/** Link of one key column of a table: the page of what its cells name, if that is not the link of the row already. */
export function columnLink(label: string, panel: Panel, here: Dashboard): DataLink | undefined {
  const identity = identities.find(([name]) => name === label)?.[1];
  if (identity === undefined || identity.uid === here.uid || panel.link !== undefined) return undefined;
  return identityLink(identity, here, labelsShown(panel), 'row');
}

function identityLink(
  { uid, variables }: Identity,
  here: Dashboard,
  shown: readonly string[],
  source: LabelSource,
): DataLink {
  const parameters = Object.entries(variables).flatMap(([variable, label]) => {
    const value = valueOf(label, here, shown, source);
    return value === undefined ? [] : [`var-${variable}=${value}`];
  });
  return { uid, url: urlOf(uid, parameters) };
}

/** Keeps the cluster, from the row where the row has one. */
function plainLink(uid: string, here: Dashboard, shown: readonly string[], source: LabelSource): DataLink {
  const cluster = valueOf('cls', here, shown, source);
  return { uid, url: urlOf(uid, cluster === undefined ? [] : [`var-cls=${cluster}`]) };
}

function valueOf(label: string, here: Dashboard, shown: readonly string[], source: LabelSource): string | undefined {
  if (shown.includes(label)) return source === 'row' ? `\${__data.fields.${label}}` : `\${__field.labels.${label}}`;
  return here.variables.some(({ name }) => name === label) ? `\${${label}}` : undefined;
}

const urlOf = (uid: string, parameters: readonly string[]): string =>
  `/d/${uid}?${['var-ds=${ds}', ...parameters, '${__url_time_range}'].join('&')}`;
