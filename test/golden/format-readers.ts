import { crc32 } from './crc32.ts';

/** An element of XML with its text and children in document order. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  /** Every element of this name below it, in document order. */
  all(name: string): readonly XmlElement[];
}

/** Text below an element. */
export const textOfXml = (element: XmlElement | undefined): string =>
  element?.children.map((child) => (typeof child === 'string' ? child : textOfXml(child))).join('') ?? '';

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlElement | string)[];
}

/** Reads what our writers may use of XML 1.0, and throws on everything that is not well-formed. */
export function readXml(text: string): XmlElement {
  const bad = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (bad !== null) throw new Error(`XML cannot hold U+${bad[0].codePointAt(0)?.toString(16) ?? ''}`);
  const [, body = ''] = /^<\?xml version="1\.0" encoding="UTF-8"(?: standalone="yes")?\?>\s*(.*?)\s*$/su.exec(text) ?? [];
  const root: OpenElement = { name: '', attributes: {}, children: [] };
  const open = [root];
  const token = /<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gsuy;
  while (token.lastIndex < body.length) {
    const at = token.lastIndex;
    const found = token.exec(body);
    if (found === null) throw new Error(`not well-formed at ${at}: ${body.slice(at, at + 60)}`);
    const [, close, name = '', attributes = '', empty, content] = found;
    const parent = open.at(-1);
    if (parent === undefined) throw new Error('more elements end than begin');
    if (content !== undefined) parent.children.push(decode(content));
    else if (close === '/') {
      open.pop();
      if (parent.name !== name) throw new Error(`<${parent.name}> ends as </${name}>`);
      open.at(-1)?.children.push(elementOf(parent));
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [] };
      if (empty === '/') parent.children.push(elementOf(element));
      else open.push(element);
    }
  }
  const [only, ...more] = root.children;
  if (open.length !== 1 || more.length > 0 || only === undefined || typeof only === 'string') {
    throw new Error('XML needs one root element that ends');
  }
  return only;
}

const elementOf = (element: OpenElement): XmlElement => ({
  ...element,
  all: (name) =>
    element.children.flatMap((child) =>
      typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...child.all(name)],
    ),
});

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:.-]+)="([^"]*)"/gu)].map(([, name = '', value = '']) => [name, decode(value)] as const);
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw new Error(`an attribute twice:${text}`);
  return Object.fromEntries<string>(pairs);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#10': '\n', '#9': '\t' };

const decode = (text: string): string =>
  text.replaceAll(/&([^;]*);?/gu, (whole, name: string) => {
    const character = entities[name];
    if (character === undefined || !whole.endsWith(';')) throw new Error(`no entity: ${whole.slice(0, 20)}`);
    return character;
  });

/** RFC 4180 with a byte order mark and CRLF; throws on anything else. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  if (!text.startsWith('\uFEFF') || !text.endsWith('\r\n')) throw new Error('no byte order mark, or no CRLF at the end');
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|\d+)(,|\r\n)/gsuy;
  field.lastIndex = 1;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (found === null) throw new Error(`no field at ${at}: ${text.slice(at, at + 60)}`);
    const [, value = '', end] = found;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\r\n' && field.lastIndex < text.length) rows.push([]);
  }
  if (new Set(rows.map(({ length }) => length)).size !== 1) throw new Error('rows of different length');
  return rows;
}

/** Files of an archive without compression, found by its directory; throws on a wrong size, offset or checksum. */
export function readStoredZip(bytes: Uint8Array): ReadonlyMap<string, string> {
  const data = Buffer.from(bytes);
  const end = data.length - 22;
  if (data.readUInt32LE(end) !== 0x06054b50) throw new Error('no end of the directory');
  const count = data.readUInt16LE(end + 10);
  const files = new Map<string, string>();
  let at = data.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (data.readUInt32LE(at) !== 0x02014b50) throw new Error(`no directory entry at ${at}`);
    const size = data.readUInt32LE(at + 20);
    const nameLength = data.readUInt16LE(at + 28);
    const name = data.toString('utf8', at + 46, at + 46 + nameLength);
    const local = data.readUInt32LE(at + 42);
    const begin = local + 30 + nameLength;
    if (data.readUInt32LE(local) !== 0x04034b50) throw new Error(`no file at ${local}`);
    if (!data.subarray(local + 4, local + 30).equals(data.subarray(at + 6, at + 32))) throw new Error(`${name}: two headers`);
    const content = data.subarray(begin, begin + size);
    if (crc32(content) !== data.readUInt32LE(at + 16)) throw new Error(`${name}: wrong checksum`);
    files.set(name, content.toString('utf8'));
    at += 46 + nameLength;
  }
  if (at !== end) throw new Error('the directory has a wrong size');
  return files;
}
