import { pgExporterUptime, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

/** What supervises it, systemd or our agent, starts it anew each time: between two scrapes nobody notices. */
export const exporterRestarting = defineAlert({
  name: 'ExporterRestarting',
  severity: 'warning',
  for: '0s',
  expr: promql`resets(${pgExporterUptime}[30m]) >= 3`,
  labels: ['job', 'cls', 'ins', 'ip', 'instance'],
  summary: {
    en: 'The exporter of {{ $labels.ins }} was restarted {{ $value }} times within 30 minutes',
    zh: '{{ $labels.ins }} 的采集器在 30 分钟内重启 {{ $value }} 次',
  },
  description: {
    en: 'It crashes or is killed again and again; counters of its own and cached results are lost each time.',
    zh: '它反复崩溃或被终止；每次都会丢失自身计数与缓存结果。',
  },
  runbook: ['`journalctl -u pg_exporter -u pgattest-agent` on the node: out of memory, or an error at its start.'],
});
