import type { Document, LineCounter, Node } from 'yaml';
import { loadYaml } from '../lazy-library.ts';

/** One problem of a configuration file. Lines and columns start at 1; `path` is a JSON pointer, empty for syntax errors. */
export interface ConfigIssue {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** `config.yml:6:15 /cache/ttl must be a duration`: a form that editors and terminals make clickable. */
export function formatIssue({ file, line, column, path, message }: ConfigIssue): string {
  return `${file}:${line}:${column} ${path === '' ? '' : `${path} `}${message}`;
}

/** Place of the value at `path`, or of its key `key`; of the nearest parent that exists when it does not. */
export function positionOf(
  document: Document,
  lineCounter: LineCounter,
  path: readonly string[],
  key: string | undefined,
): { readonly line: number; readonly column: number } {
  const { isMap, isNode, isPair, isScalar } = loadYaml();
  let node: unknown = document.contents;
  for (const name of path) {
    const next = childOf(node, name);
    if (next === undefined) break;
    node = next;
  }
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (isPair(pair) && isNode(pair.key)) node = pair.key;
  }
  const { line, col } = lineCounter.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function childOf(node: unknown, name: string): Node | undefined {
  const { isMap, isNode, isScalar } = loadYaml();
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === name);
    return isNode(pair?.value) ? pair.value : undefined;
  }
  const items = typeof node === 'object' && node !== null && 'items' in node ? node.items : undefined;
  const item: unknown = Array.isArray(items) ? items[Number(name)] : undefined;
  return isNode(item) ? item : undefined;
}
