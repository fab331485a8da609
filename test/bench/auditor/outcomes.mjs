// What a run decided, to compare clusters with each other.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `pg-tls-enabled/-1 pass`: every finding with the cluster's name taken off; undefined when there is no report. */
export function outcomesOf(reports, cluster) {
  const file = join(reports, cluster, 'latest', 'report.json');
  if (!existsSync(file)) return undefined;
  const { checks } = JSON.parse(readFileSync(file, 'utf8'));
  return checks
    .flatMap(({ findings }) => findings.map(({ id, outcome }) => `${id.replaceAll(cluster, '')} ${outcome}`))
    .toSorted();
}

/** Findings that are more than "not decided". */
export const decidedOf = (outcomes) =>
  outcomes.filter((line) => !/ (?:error|insufficient_data|manual)$/u.test(line)).length;

/** Clusters whose findings are not those of the recorded one, each with the first difference. */
export function differences(expected, reports, clusters) {
  return clusters.flatMap((cluster) => {
    const outcomes = outcomesOf(reports, cluster);
    if (outcomes === undefined) return [`${cluster}: no report`];
    const other = [
      ...expected.filter((line) => !outcomes.includes(line)).map((line) => `not ${line}`),
      ...outcomes.filter((line) => !expected.includes(line)),
    ];
    return other.length === 0 ? [] : [`${cluster}: ${other.slice(0, 4).join(', ')} (${other.length})`];
  });
}
