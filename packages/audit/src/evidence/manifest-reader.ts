import { compileSchema } from '@pgattest/runtime';
import type { Manifest } from '../manifest.ts';
import { canonicalJson } from './canonical-json.ts';
import { EvidenceError } from './errors.ts';
import { sha256 } from './hash.ts';
import { manifestSchema } from './manifest-schema.ts';
import { merkleRoot } from './merkle.ts';

/** Reads the text of a manifest; `file` is what messages call it. Errors: EvidenceError changed, invalid. */
export type ManifestReader = (text: string, file: string) => Manifest;

/** A reader for any number of manifests: its schema is compiled once. */
export function manifestReader(): ManifestReader {
  const validate = compileSchema<Manifest>(manifestSchema);
  return (text, file) => {
    const refuse = (code: 'changed' | 'invalid', why: string) =>
      new EvidenceError(code, file, `evidence refused: ${file} ${why}`);
    const changed = 'was changed after it was written: its digest does not match';
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw refuse('changed', `is not JSON: it was changed or cut off after it was written (${why})`);
    }
    const validated = validate(value);
    if (!validated.ok) {
      throw refuse('invalid', `is not a manifest of this format: ${validated.path} ${validated.message}`);
    }
    const manifest = validated.value;
    const { digest, ...body } = manifest;
    if (sha256(canonicalJson(body)) !== digest || canonicalJson(manifest) !== text) throw refuse('changed', changed);
    if (manifest.merkleRoot !== undefined && manifest.merkleRoot !== merkleRoot(manifest.files)) {
      throw refuse('invalid', 'has a Merkle root that is not that of its files');
    }
    return manifest;
  };
}
