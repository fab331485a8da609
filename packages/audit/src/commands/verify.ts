import { exitCode, loadPublicKey, RuntimeError, type CommandContext, type CommandSpec } from '@pgattest/runtime';
import { keysById } from '../evidence/record-signature.ts';
import { proveFile } from '../evidence/prove.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import { verifyCluster, type ClusterVerification, type VerifyOptions } from '../evidence/verify.ts';
import { evidenceOptions, withStore } from './evidence-source.ts';
import { findText, textList } from './source.ts';

/** `pgattest audit verify`: whether filed evidence is what was filed, all of it and in its order. */
export const verifyCommand: CommandSpec = {
  name: 'verify',
  summary: 'verify the chain, the signatures and the evidence of every run',
  example: 'pgattest audit verify evidence --public-key audit.key.pub',
  arguments: [{ syntax: '[dir]', summary: 'folder that keeps evidence; by default that of the configuration' }],
  options: [
    ...evidenceOptions,
    { flags: '--cluster <name...>', summary: 'these clusters only' },
    { flags: '--public-key <file...>', summary: 'public key of the auditor; several after a change of keys' },
    { flags: '--require-signatures', summary: 'also the records from before signing began must be signed' },
    { flags: '--expect-head <hash>', summary: 'a hash that a report or a run printed: the chain must still hold it' },
    {
      flags: '--evidence-since <day>',
      summary: 'runs that ended before may have been moved to an archive: 2026-01-31',
    },
    { flags: '--no-evidence', summary: 'the chain and its signatures only' },
    {
      flags: '--prove <path>',
      summary: 'print the proof that a file belongs to its run: pg-demo/<run>/pg.hba/pg-1.json',
    },
    { flags: '--json', summary: 'print the result as JSON' },
  ],
  notes: 'Exit codes: 0 intact, 1 not intact, 2 usage, 3 the store could not be read.',
  async run(context) {
    const path = findText(context.options, 'prove');
    const options = await verifyOptionsOf(context.options);
    return withStore(context, context.args[0], async (store) => {
      if (path !== undefined) {
        context.stdout.write(`${JSON.stringify(await proveFile(store, path), null, 2)}\n`);
        return exitCode.ok;
      }
      return verifyStore(store, options, context);
    });
  },
};

async function verifyOptionsOf(options: CommandContext['options']): Promise<VerifyOptions> {
  const keys = await Promise.all(
    textList(options, 'publicKey').map((file) => loadPublicKey(file, 'pgattest audit keygen')),
  );
  const since = findText(options, 'evidenceSince');
  if (since !== undefined && Number.isNaN(Date.parse(since))) {
    throw new RuntimeError('usage', `--evidence-since is no day: ${since}; write it like 2026-01-31`);
  }
  return {
    keys: keysById(keys),
    requireSignatures: options['requireSignatures'] === true,
    evidence: options['evidence'] !== false,
    ...(since === undefined ? {} : { evidenceSince: since }),
  };
}

async function verifyStore(store: EvidenceStore, options: VerifyOptions, { options: flags, stdout }: CommandContext) {
  const named = textList(flags, 'cluster');
  const clusters = named.length === 0 ? await store.clusters() : named;
  const results: ClusterVerification[] = [];
  for (const cluster of clusters) results.push(await verifyCluster(store, cluster, options));
  const problems = [...results.flatMap((result) => result.problems), ...storeProblems(store, results, flags)];
  const isIntact = problems.length === 0;
  if (flags['json'] === true) {
    const shown = results.map(({ cluster, records, runs, head, problems: broken, notes }) => ({
      cluster,
      records,
      runs,
      head: head?.sha256 ?? null,
      problems: broken,
      notes,
    }));
    stdout.write(`${JSON.stringify({ schemaVersion: 1, intact: isIntact, problems, clusters: shown }, null, 2)}\n`);
  } else {
    for (const result of results) stdout.write(describe(result, options));
    stdout.write(isIntact ? 'intact\n' : `not intact: ${problems.join('\nnot intact: ')}\n`);
  }
  return isIntact ? exitCode.ok : exitCode.findings;
}

/** What is wrong with the store as a whole: nothing in it, or an end that a reader of a report knows better. */
function storeProblems(
  store: EvidenceStore,
  results: readonly ClusterVerification[],
  flags: CommandContext['options'],
): readonly string[] {
  const empty = results.filter(({ records, runs, notes }) => records + runs + notes.length === 0);
  if (results.length === 0) return [`there is no evidence in ${store.name}`];
  const expected = findText(flags, 'expectHead');
  const isCut = expected !== undefined && !results.some(({ known }) => known.has(expected));
  const ends = results.map(({ cluster, head }) =>
    head === undefined
      ? `that of ${cluster} has no record`
      : `that of ${cluster} ends at record ${head.record.sequence}, ${head.sha256}`,
  );
  return [
    ...empty.map(({ cluster }) => `there is no evidence of ${cluster} in ${store.name}`),
    ...(isCut ? [`no chain holds ${expected}: records were cut off at the end (${ends.join('; ')})`] : []),
  ];
}

function describe({ cluster, records, runs, head, notes }: ClusterVerification, { keys }: VerifyOptions): string {
  const signer = head?.signature === undefined ? 'not signed' : `signed by ${head.signature.keyId}`;
  const checked = head?.signature !== undefined && keys.size === 0 ? ', signature not checked: give --public-key' : '';
  const lines = [
    `${cluster}: ${records} ${records === 1 ? 'record' : 'records'}, ${runs} verified ${runs === 1 ? 'run' : 'runs'}`,
    ...(head === undefined
      ? []
      : [`  head ${head.record.sequence} ${head.sha256} of ${head.record.filedAt}, ${signer}${checked}`]),
    ...notes.map((note) => `  note: ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}
