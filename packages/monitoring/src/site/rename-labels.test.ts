import { expect, test } from 'vitest';
import { renameLabels, renameTemplateLabels } from './rename-labels.ts';

const labels = { job: 'job', instance: 'instance', cls: 'cluster', ins: 'node', ip: 'address' };

test.each([
  ['up{cls="cls",ins!~"a.*"}', 'up{cluster="cls",node!~"a.*"}'],
  ['max by (job, cls) (cls:up) and on (cls, ins) y', 'max by (job, cluster) (cls:up) and on (cluster, node) y'],
  ['a * on (ins) group_left (cls) b', 'a * on (node) group_left (cluster) b'],
  ['sum without (ip) (cls)', 'sum without (address) (cls)'],
  [
    'label_replace(up{ins="x"}, "ins", "ins", "cls", "(cls)")',
    'label_replace(up{node="x"}, "node", "ins", "cluster", "(cls)")',
  ],
  ['label_join(up, "cls", "ins", "job", "ip")', 'label_join(up, "cluster", "ins", "job", "address")'],
  ['count_values("cls", up{job="cls"})', 'count_values("cls", up{job="cls"})'],
])('%s', (expression, renamed) => {
  expect(renameLabels(expression, labels)).toBe(renamed);
});

test('labels that keep their names leave the expression as it is, byte by byte', () => {
  const same = { job: 'job', instance: 'instance', cls: 'cls', ins: 'ins', ip: 'ip' };
  expect(renameLabels('up{ cls = "a" }', same)).toBe('up{ cls = "a" }');
});

test('template variables are renamed, words are not', () => {
  expect(renameTemplateLabels('cls {{ $labels.cls }} of {{ $labels.datname }}', labels)).toBe(
    'cls {{ $labels.cluster }} of {{ $labels.datname }}',
  );
});
