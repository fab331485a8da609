import { type Panel, matrix } from '../../grafana/panel.ts';
import { say } from '../../grafana/text.ts';
import { checkMatrix, checkWords } from '../audit-words.ts';
import { noVerdict } from '../compliance/empty.ts';

export const objectsRow: readonly Panel[] = [
  matrix({
    title: say('Check by object', '检查 × 对象'),
    description: say(
      'Result of each check on each object of the cluster: members, and the cluster itself. An empty cell: the check is not about that object.',
      '每项检查在集群各对象（成员与集群本身）上的结果。空格表示检查与该对象无关。',
    ),
    expr: checkMatrix(),
    rowLabel: 'check',
    columnLabel: 'subject',
    unit: 'state',
    words: checkWords,
    empty: noVerdict,
    width: 24,
    height: 20,
  }),
];
