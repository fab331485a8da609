import { describe, expect, it } from 'vitest';
import { sha256 } from './hash.ts';
import { merkleRoot, proveInclusion, rootOfProof } from './merkle.ts';

const filesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ path: `pg.hba/pg-${index}.json`, sha256: sha256(String(index)) }));

describe('the root over the files of a run', () => {
  it('of three files is what a shell computes from text lines', () => {
    const [a = '', b = '', c = ''] = filesOf(3).map((file) => sha256(`leaf ${file.sha256}  ${file.path}\n`));
    expect(merkleRoot(filesOf(3))).toBe(sha256(`node ${sha256(`node ${a} ${b}\n`)} ${c}\n`));
  });

  it('does not depend on the order files are given in', () => {
    expect(merkleRoot(filesOf(9).toReversed())).toBe(merkleRoot(filesOf(9)));
  });

  it.each([
    [
      'a changed hash',
      (files: ReturnType<typeof filesOf>) => files.with(3, { path: 'pg.hba/pg-3.json', sha256: sha256('x') }),
    ],
    [
      'a changed path',
      (files: ReturnType<typeof filesOf>) => files.with(3, { path: 'pg.hba/pg-x.json', sha256: sha256('3') }),
    ],
    ['a removed file', (files: ReturnType<typeof filesOf>) => files.slice(1)],
    ['a file twice', (files: ReturnType<typeof filesOf>) => [...files, ...files.slice(-1)]],
  ])('is another for %s', (_, change) => {
    expect(merkleRoot(change(filesOf(7)))).not.toBe(merkleRoot(filesOf(7)));
  });

  it.each([1, 2, 3, 4, 5, 7, 8, 9, 31, 60])('proves each of %i files, and no other', (count) => {
    const files = filesOf(count);
    for (const { path } of files) {
      const proof = proveInclusion(files, path);
      if (proof === undefined) throw new Error(`no proof of ${path}`);
      expect(rootOfProof(proof)).toBe(merkleRoot(files));
      expect(rootOfProof({ ...proof, sha256: sha256('forged') })).not.toBe(proof.root);
      expect(proof.steps.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
    }
    expect(proveInclusion(files, 'pg.hba/other.json')).toBeUndefined();
  });
});
