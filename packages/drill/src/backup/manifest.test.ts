import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest.ts';
import { checkManifestFiles } from './manifest-files.ts';
import { parseVerifyLog } from './verify-log.ts';
import { verifyFindings } from './verify-findings.ts';

const manifest = (files: string, bundled = false): string => `[backup]
backup-bundle=${bundled}

[backup:option]
option-compress-type="gz"

[cipher]
cipher-pass="a-key-that-is-never-read"

[target:file]
${files}
[target:path]
pg_data={}

[backrest]
backrest-checksum="6ed23c77159f074051f82d2cfc31f54a34ae68d6"
`;
const loose = `pg_data/PG_VERSION={"checksum":"5","repo-size":23,"size":3,"timestamp":1}
pg_data/odd=name={"checksum":"6","size":10,"timestamp":1}
pg_data/base/1/112={"checksum":"9","reference":"20261121-235830F","repo-size":118,"size":8192,"timestamp":1}
`;
const bundled = `pg_data/base/1/112={"bni":2,"bno":263744,"checksum":"9","repo-size":144,"size":8192,"timestamp":1}
pg_data/base/1/13394={"checksum-page":true,"size":0,"timestamp":1}
`;
const label = '20261121-235830F_20261121-235836D';
const entries = (sizes: Readonly<Record<string, number>>): Parameters<typeof checkManifestFiles>[3] =>
  new Map(Object.entries(sizes).map(([path, sizeBytes]) => [path, { path, type: 'file', sizeBytes }] as const));
const right = {
  [`${label}/pg_data/PG_VERSION.gz`]: 23,
  [`${label}/pg_data/odd=name.gz`]: 10,
  '20261121-235830F/pg_data/base/1/112.gz': 118,
};

describe('a manifest', () => {
  it('is read without its key', () => {
    const parsed = parseManifest(manifest(loose));
    expect(parsed?.extension).toBe('.gz');
    expect(parsed?.files.map(({ path, repoSizeBytes, reference }) => ({ path, repoSizeBytes, reference }))).toEqual([
      { path: 'pg_data/PG_VERSION', repoSizeBytes: 23, reference: undefined },
      { path: 'pg_data/odd=name', repoSizeBytes: 10, reference: undefined },
      { path: 'pg_data/base/1/112', repoSizeBytes: 118, reference: '20261121-235830F' },
    ]);
    expect(JSON.stringify(parsed)).not.toContain('never-read');
  });

  it.each([
    ['cut off', manifest(loose).slice(0, 250)],
    ['without files', manifest('')],
    ['with a line that is no JSON', manifest('pg_data/x={"size":')],
    ['decrypted with the wrong pass', '\u0001\u0002'],
  ])('%s is none', (_, text) => {
    expect(parseManifest(text)).toBeUndefined();
  });
});

const check = (text: string, sizes: Readonly<Record<string, number>>): readonly string[] => {
  const parsed = parseManifest(text);
  if (parsed === undefined) throw new Error('no manifest');
  return checkManifestFiles(1, label, parsed, entries(sizes)).map(({ code, subject }) => `${code} ${subject}`);
};

describe('the files of a manifest', () => {
  it('are there', () => {
    expect(check(manifest(loose), right)).toEqual([]);
  });

  it('are missed where another backup holds them', () => {
    const { '20261121-235830F/pg_data/base/1/112.gz': _, ...rest } = right;
    expect(check(manifest(loose), rest)).toEqual([`backup-file-missing repo1 ${label} pg_data/base/1/112`]);
  });

  it('are compared by size', () => {
    expect(check(manifest(loose), { ...right, [`${label}/pg_data/PG_VERSION.gz`]: 22 })).toEqual([
      `backup-file-size repo1 ${label} pg_data/PG_VERSION`,
    ]);
  });

  it('in a bundle need the bundle to its last byte; empty ones are nowhere', () => {
    expect(check(manifest(bundled, true), { [`${label}/bundle/2`]: 263_888 })).toEqual([]);
    expect(check(manifest(bundled, true), { [`${label}/bundle/2`]: 263_887 })).toEqual([
      `backup-file-size repo1 ${label} ${label}/bundle/2`,
    ]);
    expect(check(manifest(bundled, true), {})).toEqual([`backup-file-missing repo1 ${label} ${label}/bundle/2`]);
  });

  it('beyond twenty are counted', () => {
    const many = Array.from({ length: 25 }, (_, n) => `pg_data/${n}={"size":1,"timestamp":1}`).join('\n');
    const found = check(manifest(`${many}\n`), {});
    expect(found.length).toBe(21);
    expect(found.at(-1)).toContain('…');
  });
});

describe('the log of verify', () => {
  const log = `INFO: verify command begin 2.45: --repo2-cipher-pass=<redacted>
INFO: invalid checksum '20261121-235830F/pg_data/base/1/112.gz'
P01   INFO: file missing '20261121-235830F/pg_data/PG_VERSION.gz'
INFO: invalid result 15-1/0000000100000000/000000010000000000000002-db3125883fec56a46158ef6bc21e98ca81b01fcc.gz: [29] raised from local-1 protocol: unexpected eof in compressed data
      [FormatError] on retry after 0ms
DETAIL: archiveId: 15-1, wal start: 000000010000000000000001, wal stop: 000000010000000000000002
`;

  it('names each file and what is wrong with it', () => {
    expect(parseVerifyLog(log)).toEqual([
      { what: 'invalid checksum', file: '20261121-235830F/pg_data/base/1/112.gz' },
      { what: 'file missing', file: '20261121-235830F/pg_data/PG_VERSION.gz' },
      {
        what: 'cannot be read: unexpected eof in compressed data',
        file: '15-1/0000000100000000/000000010000000000000002-db3125883fec56a46158ef6bc21e98ca81b01fcc.gz',
      },
    ]);
  });

  it('becomes findings with the backups that need the file, or the WAL segment by name', () => {
    const own = parseManifest(manifest('pg_data/base/1/112={"size":8192,"repo-size":118,"timestamp":1}\n'));
    const other = parseManifest(manifest(loose));
    if (own === undefined || other === undefined) throw new Error('no manifest');
    const report = { stanza: 'demo', isOk: false, archives: [], backups: [], remarks: [] };
    const manifests = new Map([
      ['20261121-235830F', own],
      [label, other],
    ]);
    expect(
      verifyFindings(1, report, parseVerifyLog(log), manifests).map(({ code, message }) => `${code}: ${message}`),
    ).toEqual([
      `backup-file-corrupt: pg_data/base/1/112 of backup 20261121-235830F in repo1 is bad: invalid checksum; ${label} needs it too`,
      'backup-file-missing: pg_data/PG_VERSION of backup 20261121-235830F in repo1 is bad: file missing',
      expect.stringContaining(
        'wal-segment-corrupt: WAL segment 000000010000000000000002 in repo1 is bad: cannot be read',
      ),
    ]);
  });

  it('that names nothing does not make a bad report good', () => {
    const errors = { missing: 0, checksum: 1, size: 0, other: 0 };
    const report = {
      stanza: 'demo',
      isOk: false,
      archives: [{ id: '15-1', checked: 2, valid: 1, errors }],
      backups: [{ label, status: 'invalid', checked: 10, valid: 9, errors }],
      remarks: [],
    };
    expect(verifyFindings(1, report, [], new Map()).map(({ subject }) => subject)).toEqual([
      `repo1 ${label}`,
      'repo1 15-1',
    ]);
    const empty = { ...report, archives: [], backups: [], remarks: ['No usable backup.info file'] };
    expect(verifyFindings(1, empty, [], new Map())[0]?.message).toContain('No usable backup.info file');
    expect(verifyFindings(1, { ...report, isOk: true }, [], new Map())).toEqual([]);
  });
});
