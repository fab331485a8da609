import {
  backrestArchiverMetrics,
  backrestConfigMetrics,
  backrestNewestMetrics,
  backrestRecoveryMetrics,
  backrestStanzaMetrics,
  backrestWalMetrics,
  promql,
  select,
} from '@pgattest/catalog';
import { type Panel, stateTimeline, table } from '../../grafana/panel.ts';
import { stateWords } from '../../grafana/state-words.ts';
import { say } from '../../grafana/text.ts';
import { goodWords } from '../role-words.ts';
import { cluster } from '../scope.ts';
import { noBackrest } from './empty.ts';

const chainStatus = backrestRecoveryMetrics.backrestNewestChainStatus;
const repoStatus = backrestStanzaMetrics.backrestRepoStatus;
const wal = backrestWalMetrics;

export const chainRow: readonly Panel[] = [
  table({
    title: say('Repositories', '仓库'),
    description: say(
      'Each repository: its status, whether it is encrypted, its backups, and whether the newest can be restored with all it refers to.',
      '各仓库：状态、是否加密、备份数，以及最新备份连同其引用能否恢复。',
    ),
    keys: { repo_key: say('Repository', '仓库') },
    values: [
      {
        title: say('Status', '状态'),
        expr: promql`max by (repo_key) (${select(repoStatus, cluster)})`,
        words: stateWords(repoStatus, ['ok']),
      },
      {
        title: say('Encrypted', '加密'),
        expr: promql`min by (repo_key) (${select(backrestConfigMetrics.backrestConfigRepoEncrypted, cluster)})`,
        unit: 'state',
        words: goodWords,
      },
      {
        title: say('Restorable', '可恢复'),
        expr: promql`max by (repo_key) (${select(backrestRecoveryMetrics.backrestRestorableBackups, cluster)})`,
      },
      {
        title: say('Not restorable', '不可恢复'),
        expr: promql`max by (repo_key) (sum by (ins, repo_key) (${select(backrestRecoveryMetrics.backrestUnrestorableBackups, cluster)}))`,
        thresholds: [
          {
            value: 1,
            colour: 'red',
            why: say(
              'Not restorable is red from 1 backup: it only looks like one.',
              '不可恢复：从 1 个备份起为红色，它徒有其表。',
            ),
          },
        ],
      },
      {
        title: say('Newest chain', '最新备份链'),
        expr: promql`max by (repo_key) (${select(chainStatus, cluster)})`,
        words: stateWords(chainStatus, ['restorable']),
      },
      {
        title: say('Chain length', '链长'),
        expr: promql`max by (repo_key) (${select(backrestRecoveryMetrics.backrestNewestChainLength, cluster)})`,
      },
      {
        title: say('Backups', '备份数'),
        expr: promql`max by (repo_key) (sum by (ins, repo_key) (${select(backrestNewestMetrics.backrestBackupCount, cluster)}))`,
      },
    ],
    empty: noBackrest,
    width: 12,
    height: 7,
  }),
  table({
    title: say('WAL in the repository', '仓库中的 WAL'),
    description: say(
      'Continuity by listing: segments held, gaps between the oldest kept backup and the newest segment, and what archive_command claims but the repository lacks.',
      '按列表检查连续性：已有段、最旧保留备份至最新段之间的缺口，以及 archive_command 声称成功而仓库缺失的段。',
    ),
    keys: { repo_key: say('Repository', '仓库') },
    values: [
      {
        title: say('Segments', '段数'),
        expr: promql`max by (repo_key) (${select(wal.backrestWalSegments, cluster)})`,
      },
      {
        title: say('Gaps', '缺口'),
        expr: promql`max by (repo_key) (${select(wal.backrestWalGaps, cluster)})`,
        thresholds: [
          {
            value: 1,
            colour: 'red',
            why: say('Gaps are red from 1: nothing beyond it can be restored.', '缺口：从 1 起为红色，其后无法恢复。'),
          },
        ],
      },
      {
        title: say('Missing', '缺失段'),
        expr: promql`max by (repo_key) (${select(wal.backrestWalMissingSegments, cluster)})`,
        thresholds: [
          { value: 1, colour: 'red', why: say('Missing is red from 1 segment.', '缺失段：从 1 起为红色。') },
        ],
      },
      {
        title: say('Lost', '静默丢失'),
        expr: promql`max by (repo_key) (${select(backrestArchiverMetrics.backrestArchiverLostSegments, cluster)})`,
        thresholds: [
          {
            value: 1,
            colour: 'red',
            why: say(
              'Lost is red from 1: the server believes it archived, and it is not there.',
              '静默丢失：从 1 起为红色，服务器认为已归档，实际不存在。',
            ),
          },
        ],
      },
      {
        title: say('Newest segment', '最新段'),
        expr: promql`min by (repo_key) (${select(wal.backrestWalNewestAgeSeconds, cluster)})`,
      },
    ],
    empty: noBackrest,
    width: 12,
    height: 7,
  }),
  stateTimeline({
    title: say('WAL continuity', 'WAL 连续性'),
    description: say(
      'Whether WAL of each repository has been without gaps: only then every moment of the window can be restored.',
      '各仓库的 WAL 是否连续：仅在无缺口时窗口内任一时刻才能恢复。',
    ),
    queries: [
      {
        expr: promql`max by (repo_key) (${select(wal.backrestWalGaps, cluster)} > bool 0)`,
        legend: say('repository {{repo_key}}', '仓库 {{repo_key}}'),
      },
    ],
    unit: 'state',
    words: {
      0: { text: say('continuous', '连续'), colour: 'green' },
      1: { text: say('gap', '有缺口'), colour: 'red' },
    },
    empty: noBackrest,
    width: 24,
    height: 5,
  }),
];
