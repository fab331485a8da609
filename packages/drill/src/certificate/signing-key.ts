import type { KeyObject } from 'node:crypto';
import { loadPublicKey as readPublicKey, loadSigningKey as readSigningKey } from '@pgattest/runtime';

const keygen = 'pgattest drill keygen';

/** The private key of a drill. Errors: usage, when it is missing, no Ed25519 key, or readable by others. */
export const loadSigningKey = (keyFile: string): Promise<KeyObject> => readSigningKey(keyFile, keygen);

/** The public half, to verify with. Errors: usage. */
export const loadPublicKey = (file: string): Promise<KeyObject> => readPublicKey(file, keygen);
