import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { compileSchema, RuntimeError } from '@pgattest/runtime';
import { sha256 } from '../evidence/hash.ts';
import type { ObservedAttestation, SealedAttestation } from './attestation-record.ts';
import { sealedAttestationSchema } from './attestation-schema.ts';
import { sealOf } from './seal-attestation.ts';

/** Folder below the folder of attestations that holds those of one cluster; records for every cluster are in `all`. */
export const folderOf = (cluster: string): string => (cluster === '*' ? 'all' : cluster);

/**
 * Reads the attestations of a cluster and those for every cluster, and hashes the documents they name as they are now.
 * Errors: RuntimeError config_invalid naming a file that is no attestation: it must not be taken for a missing one.
 */
export async function readAttestations(
  directory: string,
  cluster: string,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<readonly ObservedAttestation[]> {
  const found: ObservedAttestation[] = [];
  for (const wanted of [cluster, '*']) {
    const folder = join(directory, folderOf(wanted));
    for (const file of await listRecords(folder)) {
      const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new RuntimeError('file_unreadable', `cannot read the attestation ${file}: ${messageOf(cause)}`, {
          cause,
        });
      });
      const sealed = parse(file, text);
      const { attestation } = sealed;
      if (attestation.cluster !== wanted) {
        throw new RuntimeError(
          'config_invalid',
          `the attestation ${file} is about cluster ${attestation.cluster}, but stands among those of ${wanted}`,
        );
      }
      found.push({
        record: attestation,
        file,
        sha256: sha256(text),
        ...sealOf(sealed, keys),
        ...(await documentOf(directory, sealed)),
      });
    }
  }
  return found;
}

const validate = compileSchema<SealedAttestation>(sealedAttestationSchema);

function parse(file: string, text: string): SealedAttestation {
  const remedy = 'write it again with "pgattest audit attest", or remove it';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RuntimeError('config_invalid', `${file} is not JSON (${messageOf(cause)}); ${remedy}`, { cause });
  }
  const validated = validate(value);
  if (validated.ok) return validated.value;
  throw new RuntimeError(
    'config_invalid',
    `${file} is no attestation: ${validated.path} ${validated.message}; ${remedy}`,
  );
}

async function listRecords(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .toSorted()
      .map((name) => join(folder, name));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new RuntimeError('file_unreadable', `cannot list attestations in ${folder}: ${messageOf(cause)}`, { cause });
  }
}

async function documentOf(
  directory: string,
  { attestation }: SealedAttestation,
): Promise<Pick<ObservedAttestation, 'document'>> {
  if (attestation.document === undefined) return {};
  const path = resolve(directory, attestation.document.path);
  try {
    return { document: { status: 'ok', path, sha256: (await hashDocument(path)).sha256 } };
  } catch (cause) {
    return {
      document: { status: 'unavailable', path, message: `cannot read the document ${path}: ${messageOf(cause)}` },
    };
  }
}

/** Hash and size of a file of any size. Errors: those of node:fs. */
export async function hashDocument(path: string): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { sha256: hash.digest('hex'), sizeBytes: size };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
