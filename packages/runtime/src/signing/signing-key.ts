import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { RuntimeError } from '../errors.ts';
import { writeFileAtomic } from '../files/write-atomic.ts';

/** Where a pair of keys was written. */
export interface KeyFiles {
  readonly keyFile: string;
  readonly publicKeyFile: string;
  readonly keyId: string;
}

/** SHA-256 of a public key (SPKI, DER) in hexadecimal: what signatures name it by. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** Makes an Ed25519 pair: the private half 0600, the public half beside it as `<file>.pub`. Never overwrites. Errors: usage. */
export async function generateSigningKey(keyFile: string): Promise<KeyFiles> {
  const publicKeyFile = `${keyFile}.pub`;
  for (const file of [keyFile, publicKeyFile]) {
    const exists = await stat(file).then(
      () => true,
      () => false,
    );
    if (exists) throw new RuntimeError('usage', `${file} exists already; choose another --key or move it away first`);
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  await write(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  await write(publicKeyFile, publicKey.export({ type: 'spki', format: 'pem' }), 0o644);
  return { keyFile, publicKeyFile, keyId: keyIdOf(publicKey) };
}

async function write(file: string, content: string | Buffer, mode: number): Promise<void> {
  return writeFileAtomic(file, content, mode).catch((cause: unknown) => {
    throw new RuntimeError('file_unreadable', `cannot write ${file}: ${messageOf(cause)}`, { cause });
  });
}

/**
 * The private key that signs. `keygen` is the command that makes one, for the message. Errors: usage, when it is missing,
 * no Ed25519 key, or readable by others.
 */
export async function loadSigningKey(keyFile: string, keygen: string): Promise<KeyObject> {
  const pem = await readPem(keyFile, `make one with: ${keygen} --key FILE`);
  const { mode } = await stat(keyFile);
  if ((mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    throw new RuntimeError('usage', `the signing key ${keyFile} is open to others (mode ${octal}); chmod 600 it`);
  }
  return ed25519(keyFile, () => createPrivateKey(pem), `the private key that ${keygen} wrote`);
}

/** The public half, to verify with. Errors: usage. */
export async function loadPublicKey(file: string, keygen: string): Promise<KeyObject> {
  const pem = await readPem(file, `it is the file with .pub that ${keygen} wrote`);
  if (/PRIVATE KEY/.test(pem)) {
    throw new RuntimeError('usage', `${file} is a private key; verify with the public one, ${file}.pub`);
  }
  return ed25519(file, () => createPublicKey(pem), `the public key that ${keygen} wrote`);
}

async function readPem(file: string, remedy: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RuntimeError('usage', `cannot read the key ${file}: ${messageOf(cause)}; ${remedy}`, { cause });
  });
}

function ed25519(file: string, read: () => KeyObject, wanted: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new RuntimeError('usage', `${file} holds no key in PEM form; give ${wanted}`, { cause });
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new RuntimeError('usage', `${file} is a ${String(key.asymmetricKeyType)} key, not Ed25519; give ${wanted}`);
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
