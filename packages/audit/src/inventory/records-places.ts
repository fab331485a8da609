import { shellWord } from '../psql-command.ts';
import type { ProbeContexts } from '../probe-contexts.ts';

/** Places of printed commands on the auditor's own host: folders and files that it keeps, and that are configured. */
export const recordsPlaces = ({
  drillDir,
  changesFile,
  baselineDir,
  auditor,
}: Pick<ProbeContexts['records'], 'drillDir' | 'changesFile' | 'baselineDir' | 'auditor'>): Readonly<
  Record<string, string>
> =>
  Object.fromEntries(
    Object.entries({
      drills: drillDir,
      changes: changesFile,
      baselines: baselineDir,
      program: auditor?.programDir,
    }).flatMap(([name, path]) => (path === undefined ? [] : [[name, shellWord(path)]])),
  );
