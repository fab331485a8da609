import { pgExporterServerUp, pgUp, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const exporterDatabaseUnread = defineAlert({
  name: 'ExporterDatabaseUnread',
  severity: 'warning',
  for: '5m',
  expr: promql`min by (job, cls, ins, datname) (${pgExporterServerUp}) == 0 and on (job, cls, ins) (${pgUp} == 1)`,
  labels: ['job', 'cls', 'ins', 'datname'],
  summary: {
    en: 'Database {{ $labels.datname }} of {{ $labels.ins }} cannot be read by its exporter',
    zh: '采集器无法读取 {{ $labels.ins }} 的数据库 {{ $labels.datname }}',
  },
  description: {
    en: 'The server answers, this database does not: its tables and indexes are not watched.',
    zh: '服务器有应答，但该数据库没有：其中的表与索引未被监控。',
  },
  runbook: [
    'The class of the error: `pg_exporter_server_last_error_info` of {{ $labels.ins }}.',
    '`GRANT CONNECT ON DATABASE {{ $labels.datname }}` to the monitor role, or leave it out (`--exclude-database`).',
  ],
});
