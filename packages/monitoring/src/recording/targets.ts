import { defineMetric, gauge, promql, scrapeUp } from '@pgattest/catalog';
import type { RecordingRule } from '../model.ts';
import type { Site, TargetName } from '../site/site.ts';
import { targetUp } from '../site/target-series.ts';
import { targetLabels } from './level.ts';

const answers = (name: string, what: string) =>
  defineMetric(name, gauge('bool', `Whether ${what} could be scraped`), targetLabels);

/** Whether Patroni answers. */
export const patroniUp = answers('patroni_up', 'Patroni');
/** Whether the exporter of PostgreSQL answers; whether PostgreSQL does is `pg_up`. */
export const postgresExporterUp = answers('pg_exporter_agent_up', 'the exporter of PostgreSQL');
/** Whether the exporter of PgBouncer answers; whether PgBouncer does is `pgbouncer_up`. */
export const pgbouncerExporterUp = answers('pgbouncer_exporter_agent_up', 'the exporter of PgBouncer');
/** Whether the exporter of pgBackRest answers. */
export const pgbackrestExporterUp = answers('pgbackrest_exporter_agent_up', 'the exporter of pgBackRest');
/** Whether a member of etcd answers. */
export const etcdUp = answers('etcd_up', 'etcd');
/** Whether HAProxy answers. */
export const haproxyUp = answers('haproxy_up', 'HAProxy');

/** Scrape targets of an instance that has a PostgreSQL exporter, reachable or not. */
export const instanceTargets = defineMetric(
  'pg:ins:target_count',
  gauge('count', 'Scrape targets of the instance, reachable or not'),
  ['job', 'cls', 'ins', 'ip'],
);

/** What could be scraped, by kind of target: which target is of which kind depends on the site. */
export function targetRecordings(site: Site): readonly RecordingRule[] {
  const of = (ref: ReturnType<typeof answers>, target: TargetName): RecordingRule => ({
    ...ref,
    expr: promql`${targetUp(site, target)} + 0`,
  });
  return [
    of(patroniUp, 'patroni'),
    of(postgresExporterUp, 'postgres'),
    of(pgbouncerExporterUp, 'pgbouncer'),
    of(pgbackrestExporterUp, 'pgbackrest'),
    of(etcdUp, 'etcd'),
    of(haproxyUp, 'haproxy'),
    {
      ...instanceTargets,
      expr: promql`count by (job, cls, ins, ip) (${scrapeUp} and on (job, cls, ins) ${targetUp(site, 'postgres')})`,
    },
  ];
}
