import { join } from 'node:path';
import type { FileFacts, NodeAccess } from '../../node/access.ts';
import { attempt } from '../../node/attempt.ts';
import { defineProbe } from '../../probe.ts';

/** The end of one log file of the server, and what it gave away. */
export interface LogSample {
  readonly path: string;
  /** Where the sample ends, and how many bytes before that it begins. */
  readonly endBytes: number;
  readonly readBytes: number;
  readonly lines: number;
  /** Lines that look as if a password stands in them. */
  readonly secretLines: number;
}

export interface ServerLog {
  readonly folder: string;
  readonly state: 'present' | 'absent' | 'denied';
  /** Newest first. */
  readonly samples: readonly LogSample[];
  /** Day of the last authorised connection by role, `2026-11-21`, as far as the samples go. */
  readonly logins: Readonly<Record<string, string>>;
  /** Day since which the samples are without a gap; null when no line has a time. */
  readonly completeSince: string | null;
}

/** For grep -E -i. A SCRAM verifier made by the client is no password in clear; pgaudit and asterisks hide theirs. */
export const logSecretPattern = String.raw`password +'([^S']|S[^C])|pgpassword=[^* ]|(^|[^a-z_])password=[^*') ]|://[^/@ :]+:[^/@ *]+@`;

const mostFiles = 16;
const mostBytesOfFile = 2 * 1024 * 1024;

/** Ends of the newest log files: who logged in when, and how many lines look like passwords. No line is kept. */
export const nodeServerLog = defineProbe({
  id: 'node.server-log',
  subject: 'node',
  title: 'Ends of the newest log files of the server: days of logins by role, number of lines that look like passwords',
  privilege: 'read the log folder of the server: root, or its own account',
  grants: [],
  async collect({ node }): Promise<ServerLog> {
    const folder = node.paths.pgLog;
    const names = await attempt(node.list(folder));
    const nothing = { folder, samples: [], logins: {}, completeSince: null };
    if (names.state !== 'present') return { ...nothing, state: names.state };
    const files: FileFacts[] = [];
    for (const name of names.value.filter((entry) => /\.(?:log|csv|json)$/u.test(entry))) {
      const facts = await node.facts(join(folder, name));
      if (facts?.type === 'file' && facts.sizeBytes > 0) files.push(facts);
    }
    const newest = files.toSorted((a, b) => (a.modifiedAt > b.modifiedAt ? -1 : 1)).slice(0, mostFiles);
    const samples: LogSample[] = [];
    const logins = new Map<string, string>();
    let completeSince: string | null = null;
    let hasGap = false;
    for (const { path } of newest) {
      const end = await attempt(readSettledEnd(node, path));
      if (end.state === 'denied') return { ...nothing, state: 'denied' };
      if (end.state === 'absent') continue;
      const { text, sizeBytes, readBytes } = end.value;
      const read = readSample(text);
      samples.push({ path, endBytes: sizeBytes, readBytes, lines: read.lines, secretLines: read.secretLines });
      for (const [role, day] of read.logins) if (day > (logins.get(role) ?? '')) logins.set(role, day);
      if (!hasGap && read.firstDay !== undefined) completeSince = read.firstDay;
      hasGap ||= sizeBytes > mostBytesOfFile;
    }
    return { folder, state: 'present', samples, logins: Object.fromEntries(logins), completeSince };
  },
});

/** How often a file that grows while it is read is read again: a sample must be found again by its place. */
const mostReads = 5;

async function readSettledEnd(
  node: NodeAccess,
  path: string,
): Promise<{ readonly text: string; readonly sizeBytes: number; readonly readBytes: number } | undefined> {
  for (let turn = 1; ; turn += 1) {
    const before = await node.facts(path);
    const text = await node.readEnd(path, mostBytesOfFile);
    const after = await node.facts(path);
    if (before === undefined || text === undefined || after === undefined) return undefined;
    if (before.sizeBytes === after.sizeBytes || turn === mostReads) {
      return { text, sizeBytes: after.sizeBytes, readBytes: Math.min(after.sizeBytes, mostBytesOfFile) };
    }
  }
}

interface Read {
  readonly lines: number;
  readonly secretLines: number;
  readonly logins: ReadonlyMap<string, string>;
  readonly firstDay: string | undefined;
}

/** Lines of any of the server's formats: each begins with, or names, its time. */
export function readSample(text: string): Read {
  const secret = new RegExp(logSecretPattern, 'iu');
  const logins = new Map<string, string>();
  let secretLines = 0;
  let day: string | undefined;
  let firstDay: string | undefined;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) {
    day = /(?<day>\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d/u.exec(line)?.groups?.['day'] ?? day;
    firstDay ??= day;
    if (secret.test(line)) secretLines += 1;
    const user = /connection authorized: user=(?<user>[^\s"]+)/u.exec(line)?.groups?.['user'];
    if (user !== undefined && day !== undefined) logins.set(user, day);
  }
  return { lines: lines.length, secretLines, logins, firstDay };
}
