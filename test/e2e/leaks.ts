import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inflateSync } from 'node:zlib';

/** A secret that was found where nobody must find it: which one by number, in what form, and where. */
export interface Leak {
  readonly place: string;
  /** `3 as hex`: the text itself stays out of the log of a test. */
  readonly secret: string;
}

/** Ways in which programs write a text down, each with what a search can look for. */
function formsOf(secret: string): Readonly<Record<string, string>> {
  const hex = Buffer.from(secret).toString('hex');
  return {
    'plain text': secret,
    'text of a URL': encodeURIComponent(secret),
    'text of JSON': JSON.stringify(secret).slice(1, -1),
    'text of XML': secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    backwards: Array.from(secret).toReversed().join(''),
    hex,
    'upper-case hex': hex.toUpperCase(),
    ...Object.fromEntries(
      [0, 1, 2].map((offset) => [`base64 from byte ${offset}`, inBase64(secret, offset, 'base64')]),
    ),
    ...Object.fromEntries(
      [0, 1, 2].map((offset) => [`base64url from byte ${offset}`, inBase64(secret, offset, 'base64url')]),
    ),
  };
}

/** The part of the secret in base64 that no byte around it changes, when it begins that many bytes after a group. */
function inBase64(secret: string, offset: number, encoding: 'base64' | 'base64url'): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const whole = bytes.length - (bytes.length % 3);
  return bytes
    .subarray(0, whole)
    .toString(encoding)
    .slice(offset === 0 ? 0 : 4);
}

/** Messages quote the beginning of an answer: so much of a password is as good as all of it. */
const beginning = 12;

/** Every secret that one of the texts holds, or the beginning of, in any form that a search can find. */
export function findLeaks(texts: ReadonlyMap<string, string>, secrets: readonly string[]): readonly Leak[] {
  const forms = secrets.flatMap((secret, index) => {
    // Most secrets look alike in some of the forms.
    const byText = new Map(
      Object.entries(formsOf(partOf(secret)))
        .toReversed()
        .map(([form, text]) => [text, form]),
    );
    return [...byText].map(([text, form]) => ({ secret: `${index} as ${form}`, text }));
  });
  return [...texts].flatMap(([place, content]) =>
    forms.filter(({ text }) => content.includes(text)).map(({ secret }) => ({ place, secret })),
  );
}

/** Verifiers all begin alike. */
const partOf = (secret: string): string => (secret.startsWith('SCRAM-SHA-256') ? secret : secret.slice(0, beginning));

/** Every file below a folder as text, byte by byte (our work sheets are not compressed), and what PDF files compress. */
export async function readEverything(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = new Map<string, string>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    const name = relative(folder, file);
    texts.set(name, bytes.toString('latin1'));
    for (const [index, part] of (name.endsWith('.pdf') ? inflatedStreams(bytes) : []).entries()) {
      texts.set(`${name} stream ${index}`, part.toString('latin1'));
    }
  }
  return texts;
}

/** Streams of a PDF file: its text is in glyphs, its metadata and annotations can be read. */
function inflatedStreams(bytes: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const start = bytes.indexOf('stream', at, 'latin1');
    const end = bytes.indexOf('endstream', start + 6, 'latin1');
    if (start < 0 || end < 0) return parts;
    const body = bytes.subarray(start + (bytes[start + 6] === 13 ? 8 : 7), end);
    // Pictures and fonts are packed otherwise.
    if ((body[0] ?? 0) === 0x78) parts.push(inflateSync(body));
    at = end + 9;
  }
}
