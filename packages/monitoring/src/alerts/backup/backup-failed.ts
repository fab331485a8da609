import { backrestLocalMetrics, backrestNewestMetrics, promql, select } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';
import { stateValue } from '../../state-value.ts';

const outcome = backrestLocalMetrics.backrestCommandLastOutcome;
const failed = stateValue(outcome, 'failed');
const killed = stateValue(outcome, 'neither ended nor running: killed');

/** A later backup, made anywhere, ends it: a former primary keeps the log of its last failure for ever. */
export const backupFailed = defineAlert({
  name: 'BackupFailed',
  severity: 'warning',
  for: '0s',
  expr: promql`(${select(backrestLocalMetrics.backrestCommandLastOutcome, { command: 'backup' })} == ${failed} or ${select(backrestLocalMetrics.backrestCommandLastOutcome, { command: 'backup' })} == ${killed}) and on (job, cls, ins, stanza) (${select(backrestLocalMetrics.backrestCommandLastBeganTimestampSeconds, { command: 'backup' })} > on (job, cls, stanza) group_left () max by (job, cls, stanza) (${backrestNewestMetrics.backrestNewestStopTimestampSeconds}))`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance', 'stanza'],
  summary: {
    en: 'The last backup of {{ $labels.stanza }} on {{ $labels.ins }} failed',
    zh: '{{ $labels.ins }} 上 {{ $labels.stanza }} 最近一次备份失败',
  },
  description: {
    en: 'It ended with an error or was killed, and no backup has been made since.',
    zh: '该备份以错误结束或被终止，此后没有新的备份。',
  },
  runbook: [
    'Read the end of /var/log/pgbackrest/{{ $labels.stanza }}-backup.log on {{ $labels.ins }}.',
    'No space, no network or a lock (code 50): remove the reason and run it again.',
    'A killed backup is resumed by the next one of the same type.',
  ],
});
