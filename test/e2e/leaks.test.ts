import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { zipOf } from '../../packages/audit/src/report/formats/zip.ts';
import { findLeaks, readEverything } from './leaks.ts';

const secret = 'p7Correct+Horse/Battery&Staple';

test.each([
  ['plain text', `password=${secret} `],
  ['a URL', `postgres://u:${encodeURIComponent(secret)}@h/`],
  ['XML', `<a b="${secret.replace('&', '&amp;')}"/>`],
  ['hex', Buffer.from(secret).toString('hex')],
  ['base64 of a login of one letter', Buffer.from(`a:${secret}`).toString('base64')],
  ['base64 of a login of two letters', Buffer.from(`ab:${secret}!`).toString('base64')],
  ['base64 of a login of three letters', Buffer.from(`abc:${secret}`).toString('base64url')],
])('a secret is found in %s', (_, text) => {
  expect(findLeaks(new Map([['log', text]]), ['another', secret])).not.toEqual([]);
});

test('a secret is found within work sheets and PDF files, and nothing is found where nothing is', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pgattest-leaks-'));
  try {
    await writeFile(
      join(directory, 'a.xlsx'),
      zipOf([{ name: 'x.xml', content: `<v>${secret.replace('&', '&amp;')}</v>` }]),
    );
    const packed = deflateSync(`(${secret})`);
    await writeFile(
      join(directory, 'b.pdf'),
      Buffer.concat([Buffer.from('1 0 obj\nstream\n'), packed, Buffer.from('\nendstream')]),
    );
    await writeFile(join(directory, 'c.txt'), 'nothing');
    const leaks = findLeaks(await readEverything(directory), [secret]);
    expect(leaks.map(({ place }) => place)).toEqual(['a.xlsx', 'b.pdf stream 0']);
  } finally {
    await rm(directory, { recursive: true });
  }
});
