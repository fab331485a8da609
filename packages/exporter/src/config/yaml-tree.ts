import { loadYaml } from '@pgattest/runtime';
import type { Document, Node, Pair, YAMLError } from 'yaml';
import type { Diagnostic, Place } from './diagnostic.ts';

/** A YAML value with its place, aliases and merge keys resolved, and scalars still as they were written. */
export type ConfigNode =
  | { readonly kind: 'null'; readonly at: Place }
  | { readonly kind: 'scalar'; readonly at: Place; readonly text: string; readonly isPlain: boolean }
  | { readonly kind: 'list'; readonly at: Place; readonly items: readonly ConfigNode[] }
  | { readonly kind: 'map'; readonly at: Place; readonly entries: readonly ConfigEntry[] };

export interface ConfigEntry {
  readonly key: string;
  readonly keyAt: Place;
  readonly value: ConfigNode;
}

/** `root` is undefined when the text is no YAML; an empty text is null. */
export interface ConfigTree {
  readonly root: ConfigNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Far above any real configuration; what stops aliases of aliases from filling the memory. */
const mostNodes = 100_000;
const deepest = 64;

const nullWords = /^(?:~|null|Null|NULL|)$/;

/**
 * Reads the first document of a YAML text the way yaml.v3 does: the type of a scalar is decided by the field it fills,
 * not by its look, so `scale: 1e-3` keeps its text and `fatal: yes` is a boolean. Duplicate keys are errors.
 */
export function readYamlTree(text: string, file: string): ConfigTree {
  const { LineCounter, parseAllDocuments } = loadYaml();
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [first, second] = documents;
  const start: Place = { file, line: 1, column: 1 };
  if (first === undefined || !('contents' in first)) return { root: { kind: 'null', at: start }, diagnostics: [] };
  if (first.errors.length > 0) {
    return {
      root: undefined,
      diagnostics: first.errors.map((error) => syntaxError(error, text, placeOf(error.pos[0]))),
    };
  }
  const diagnostics: Diagnostic[] = [];
  if (second !== undefined) {
    diagnostics.push({
      ...placeOf(second.range[0]),
      severity: 'warning',
      code: 'more-documents',
      key: '',
      message: 'only the first YAML document is read and another one begins here',
      remedy: 'join them or use one file each',
    });
  }
  try {
    return { root: createReader(first, placeOf).read(first.contents, start, 0), diagnostics };
  } catch (error) {
    if (!(error instanceof UnreadableNode)) throw error;
    return { root: undefined, diagnostics: [...diagnostics, error.diagnostic] };
  }
}

class UnreadableNode extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

interface TreeReader {
  read(node: Node | null, at: Place, depth: number): ConfigNode;
}

function refuse(at: Place, code: 'too-deep' | 'yaml-syntax', message: string, remedy: string): never {
  throw new UnreadableNode({ ...at, severity: 'error', code, key: '', message, remedy });
}

function mergedEntries(value: ConfigNode): readonly ConfigEntry[] {
  if (value.kind === 'map') return value.entries;
  if (value.kind === 'list') return value.items.flatMap(mergedEntries);
  return refuse(value.at, 'yaml-syntax', '<< takes a mapping or a list of mappings', 'refer to an anchor of a mapping');
}

function createReader(document: Document, placeOf: (offset: number) => Place): TreeReader {
  const { isAlias, isMap, isPair, isScalar, isSeq } = loadYaml();
  let nodes = 0;
  /** `parent` is where a value that is not written at all is reported. */
  function read(node: unknown, parent: Place, depth: number): ConfigNode {
    nodes += 1;
    if (nodes > mostNodes || depth > deepest) {
      return refuse(parent, 'too-deep', 'aliases or nesting make this too large', 'write it out without aliases');
    }
    if (isAlias(node)) {
      const at = placeAt(node, parent);
      const target = node.resolve(document);
      if (target === undefined) return refuse(at, 'yaml-syntax', `there is no anchor &${node.source} above`, 'add it');
      // A problem inside is reported where the alias is used, or an anchor would be blamed for its users.
      return { ...read(target, at, depth + 1), at };
    }
    if (isScalar(node)) {
      const at = placeAt(node, parent);
      const text = textOf(node.value);
      // `!!str 5` is text and `!!int "5"` is not; the parser sets a tag only where one is written.
      const isPlain = node.tag === undefined ? node.type === 'PLAIN' : node.tag !== 'tag:yaml.org,2002:str';
      return isPlain && nullWords.test(text) ? { kind: 'null', at } : { kind: 'scalar', at, text, isPlain };
    }
    if (isSeq(node)) {
      const at = placeAt(node, parent);
      return { kind: 'list', at, items: node.items.map((item) => read(item, at, depth + 1)) };
    }
    if (isMap(node)) {
      const at = placeAt(node, parent);
      return { kind: 'map', at, entries: entriesOf(node.items, at, depth) };
    }
    return { kind: 'null', at: parent };
  }

  function entriesOf(pairs: readonly unknown[], at: Place, depth: number): readonly ConfigEntry[] {
    const own: ConfigEntry[] = [];
    const merged: ConfigEntry[] = [];
    for (const pair of pairs) {
      if (!isPair(pair)) continue;
      const { text, keyAt, isMerge } = keyOf(pair, at);
      const value = read(pair.value, keyAt, depth + 1);
      if (isMerge) merged.push(...mergedEntries(value));
      else own.push({ key: text, keyAt, value });
    }
    const known = new Set(own.map(({ key }) => key));
    for (const entry of merged) {
      if (known.has(entry.key)) continue;
      known.add(entry.key);
      own.push(entry);
    }
    return own;
  }

  function keyOf(pair: Pair, at: Place): { readonly text: string; readonly keyAt: Place; readonly isMerge: boolean } {
    const { key } = pair;
    if (!isScalar(key))
      return refuse(at, 'yaml-syntax', 'a key must be a word', 'write the key on one line, without brackets');
    const text = textOf(key.value);
    return { text, keyAt: placeAt(key, at), isMerge: text === '<<' && key.type === 'PLAIN' };
  }

  function placeAt(node: Node, parent: Place): Place {
    const offset = node.range?.[0];
    return offset === undefined ? parent : placeOf(offset);
  }

  return { read };
}

/** The schema knows no types, so every scalar is text but for `!!binary`. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
}

function syntaxError(error: YAMLError, text: string, at: Place): Diagnostic {
  const message = (error.message.split('\n')[0] ?? error.message).replace(/\.$/, '');
  if (error.code === 'DUPLICATE_KEY') {
    return {
      ...at,
      severity: 'error',
      code: 'duplicate-key',
      key: '',
      message: `the key ${/^[^\s:]*/.exec(text.slice(error.pos[0]))?.[0] ?? ''} stands twice in the same mapping`,
      remedy: 'remove or rename one of them',
    };
  }
  const remedy =
    error.code === 'TAB_AS_INDENT'
      ? 'indent with spaces'
      : 'correct the YAML here; indentation and quotes are the usual causes';
  return {
    ...at,
    severity: 'error',
    code: 'yaml-syntax',
    key: '',
    message: `no valid YAML: ${lowerFirst(message)}`,
    remedy,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
