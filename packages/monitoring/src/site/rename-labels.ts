import { parser } from '@prometheus-io/lezer-promql';
import type { SiteLabel } from './site.ts';

/** Whether the argument at `position`, counted from 0, of a function is the name of a label. */
const labelArgument: ReadonlyMap<string, (position: number) => boolean> = new Map([
  ['label_replace', (position: number) => position === 1 || position === 3],
  ['label_join', (position: number) => position === 1 || position >= 3],
]);

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The expression with the labels of a site, found by Prometheus' own grammar: matchers, grouping, joins, label functions. */
export function renameLabels(expression: string, labels: Readonly<Record<SiteLabel, string>>): string {
  const renamed = new Map(Object.entries(labels).filter(([from, to]) => from !== to));
  if (renamed.size === 0) return expression;
  const replacements: Replacement[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to, node }) => {
      const text = expression.slice(from, to);
      const word = renamed.get(name === 'StringLiteral' ? text.slice(1, -1) : text);
      if (word === undefined) return;
      if (name === 'LabelName') replacements.push({ from, to, text: word });
      if (name !== 'StringLiteral' || node.parent?.name !== 'FunctionCallBody') return;
      const called = node.parent.parent?.getChild('FunctionIdentifier');
      const isLabel = labelArgument.get(called ? expression.slice(called.from, called.to) : '');
      let position = 0;
      for (let before = node.prevSibling; before !== null; before = before.prevSibling) position += 1;
      if (isLabel?.(position) === true) replacements.push({ from, to, text: `"${word}"` });
    },
  });
  return replacements
    .toSorted((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: word }) => text.slice(0, from) + word + text.slice(to), expression);
}

/** Template variables of annotations with the labels of a site. */
export function renameTemplateLabels(text: string, labels: Readonly<Record<SiteLabel, string>>): string {
  const renamed = new Map<string, string>(Object.entries(labels));
  return text.replaceAll(/\$labels\.(\w+)/g, (_all, label: string) => `$labels.${renamed.get(label) ?? label}`);
}
