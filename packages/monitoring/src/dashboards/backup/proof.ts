import { backrestDrillMetrics, backrestVerifyMetrics, promql, select } from '@pgattest/catalog';
import { type Panel, table } from '../../grafana/panel.ts';
import { stateWords } from '../../grafana/state-words.ts';
import { say } from '../../grafana/text.ts';
import { cluster } from '../scope.ts';

const drill = backrestDrillMetrics;
const verify = backrestVerifyMetrics;

export const proofRow: readonly Panel[] = [
  table({
    title: say('Restore drills', '恢复演练'),
    description: say(
      'The last drill of each kind: how it ended, how long ago, how long the restore took. A backup nobody restored is a hope.',
      '每类演练的最近一次：结果、距今多久、恢复耗时。从未恢复过的备份只是希望。',
    ),
    keys: { stanza: say('Stanza', 'Stanza'), kind: say('Kind', '类型') },
    values: [
      {
        title: say('Outcome', '结果'),
        expr: promql`max by (stanza, kind) (${select(drill.backrestDrillOutcome, cluster)})`,
        words: stateWords(drill.backrestDrillOutcome, ['passed']),
        when: 'drill-done',
      },
      {
        title: say('Ago', '距今'),
        expr: promql`min by (stanza, kind) (${select(drill.backrestDrillAgeSeconds, cluster)})`,
        thresholds: [
          {
            value: 'drillAge',
            colour: 'orange',
            why: say('Ago is orange from {value}: nobody has tried a restore since.', '距今：从 {value} 起为橙色，此后无人演练。'),
          },
        ],
        when: 'drill-done',
      },
      {
        title: say('Took', '耗时'),
        expr: promql`max by (stanza, kind) (${select(drill.backrestDrillDurationSeconds, cluster)})`,
        when: 'drill-done',
      },
    ],
    empty: say(
      'no drill is known: run "pgattest drill restore" and show the exporter its certificates',
      '没有演练记录：运行 "pgattest drill restore" 并让采集器读取其证书',
    ),
    width: 12,
    height: 7,
  }),
  table({
    title: say('Verification', '校验'),
    description: say(
      'The last "pgbackrest verify" of each repository: its verdict and how long ago it read every file.',
      '各仓库最近一次 "pgbackrest verify" 的结论以及距今多久。',
    ),
    keys: { repo_key: say('Repository', '仓库') },
    values: [
      {
        title: say('Valid', '有效'),
        expr: promql`min by (repo_key) (${select(verify.backrestVerifyOk, cluster)})`,
        unit: 'state',
        words: {
          0: { text: say('damaged', '损坏'), colour: 'red' },
          1: { text: say('valid', '有效'), colour: 'green' },
        },
        when: 'backup-verified',
      },
      {
        title: say('Ago', '距今'),
        expr: promql`min by (repo_key) (${select(verify.backrestVerifyAgeSeconds, cluster)})`,
        thresholds: [
          {
            value: 'verifyAge',
            colour: 'orange',
            why: say('Ago is orange from {value}: files may have rotted since.', '距今：从 {value} 起为橙色，其间文件可能已损坏。'),
          },
        ],
        when: 'backup-verified',
      },
    ],
    empty: say(
      'verify has not run: switch it on in the pgBackRest exporter',
      '尚未校验：在 pgBackRest 采集器中启用 verify',
    ),
    width: 12,
    height: 7,
  }),
];
