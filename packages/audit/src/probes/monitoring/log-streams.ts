import { defineProbe } from '../../probe.ts';
import { askJson, fieldsOf, listOf, textOf } from './ask.ts';
import { declaredStore } from './log-store.ts';

/** Streams that had lines lately, by their labels: `{ins="pg-test-1",job="patroni"}`. */
export interface LogStreams {
  /** Within 15 minutes. */
  readonly recent: readonly string[];
  /** Within a day: a backup writes once in a while. */
  readonly day: readonly string[];
  /** There are more than were asked for: what is not listed may be there. */
  readonly isCut: boolean;
}

const mostStreams = 2000;

/** Which logs arrive at the central store. */
export const monitoringLogStreams = defineProbe({
  id: 'monitoring.log-streams',
  subject: 'monitoring',
  title: 'Log streams of VictoriaLogs with lines of the last 15 minutes and of the last day (labels only)',
  privilege: 'read access to the HTTP API of VictoriaLogs',
  grants: [],
  async collect({ logs, signal }): Promise<LogStreams> {
    const target = declaredStore(logs);
    const streams = async (since: string): Promise<readonly string[]> => {
      const path = `/select/logsql/streams?query=${encodeURIComponent(`_time:${since}`)}&limit=${mostStreams}`;
      const answer = await askJson(target, path, signal);
      return listOf(fieldsOf(answer)['values'], 'streams')
        .map((item) => textOf(fieldsOf(item)['value']) ?? '')
        .toSorted();
    };
    const [recent, day] = [await streams('15m'), await streams('1d')];
    return { recent, day, isCut: recent.length >= mostStreams || day.length >= mostStreams };
  },
});
