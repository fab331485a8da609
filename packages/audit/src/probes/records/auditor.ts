import { readdir, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join, relative } from 'node:path';
import { ConnectError } from '@pgattest/connect';
import { sha256 } from '../../evidence/hash.ts';
import { defineProbe } from '../../probe.ts';

export interface Auditor {
  readonly version: string;
  /** SHA-256 over what the rules of this version declare. */
  readonly rulesSha256: string;
  /** SHA-256 over the program's files: `find . -name '*.js' | sort | xargs sha256sum | sha256sum` in its folder. */
  readonly programSha256: string;
  readonly programFiles: number;
  /** Account the auditor runs as. */
  readonly account: string;
  /** The same of the run before; null on the first one. `programSha256` is null where that run did not tell it. */
  readonly previous: {
    readonly runId: string;
    readonly finishedAt: string;
    readonly version: string;
    readonly rulesSha256: string | null;
    readonly programSha256: string | null;
  } | null;
}

/** Which program judged: its version, digests of its code and rules, its account, and the same of the run before. */
export const recordsAuditor = defineProbe({
  id: 'records.auditor',
  subject: 'records',
  title: 'The auditor itself: version, digests of program and rules, account, and the same of the run before',
  privilege: 'read access to its own program and to the store of evidence',
  grants: [],
  async collect({ auditor }): Promise<Auditor> {
    if (auditor === undefined) throw new ConnectError('unsupported', 'only a run that is filed knows its own identity');
    const { rules, programDir, previousRun } = auditor;
    const files = await readProgram(programDir);
    const last = await previousRun();
    const before = last?.snapshot.observations.find(({ probe }) => probe === 'records.auditor')?.observation;
    return {
      version: rules.version,
      rulesSha256: rules.sha256,
      programSha256: sha256(files.map(({ path, hash }) => `${hash}  ./${path}\n`).join('')),
      programFiles: files.length,
      account: userInfo().username,
      previous:
        last === undefined
          ? null
          : {
              runId: last.snapshot.runId,
              finishedAt: last.snapshot.finishedAt,
              version: last.snapshot.tool.version,
              rulesSha256: last.rules?.sha256 ?? null,
              programSha256: before?.status === 'ok' ? digestOf(before.value) : null,
            },
    };
  },
});

/** Code of the program, in the order of `LC_ALL=C sort`. */
async function readProgram(folder: string): Promise<readonly { readonly path: string; readonly hash: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const sorted = paths.toSorted((a, b) => (a < b ? -1 : 1));
  return Promise.all(sorted.map(async (path) => ({ path, hash: sha256(await readFile(join(folder, path))) })));
}

const digestOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'programSha256' in value && typeof value.programSha256 === 'string'
    ? value.programSha256
    : null;
