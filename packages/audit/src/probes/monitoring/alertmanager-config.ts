/** Where alerts go: names and kinds only, so nothing of it is secret. */
export interface AlertRouting {
  /** Receiver of what no route takes. */
  readonly rootReceiver: string | null;
  readonly routes: readonly { readonly receiver: string | null; readonly matchers: readonly string[] }[];
  /** `{name: 'oncall', integrations: ['webhook', 'email']}`; one without any throws alerts away. */
  readonly receivers: readonly { readonly name: string; readonly integrations: readonly string[] }[];
  readonly inhibitRules: number;
}

interface Line {
  readonly indent: number;
  readonly isItem: boolean;
  readonly key: string;
  readonly value: string;
}

/**
 * Reads the configuration as Alertmanager writes it in /api/v2/status: YAML of its own making, two blanks a level, items
 * of a list as far left as their list's key. What the operator wrote is not read by this.
 */
export function parseAlertRouting(text: string): AlertRouting {
  const block = (name: string): readonly Line[] => linesOf(text, name);
  const receivers: { readonly name: string; readonly integrations: string[] }[] = [];
  for (const { indent, isItem, key, value } of block('receivers')) {
    if (indent === 2 && isItem && key === 'name') receivers.push({ name: unquote(value), integrations: [] });
    else if (indent === 2 && key.endsWith('_configs'))
      receivers.at(-1)?.integrations.push(key.replace(/_configs$/u, ''));
  }
  const [root, ...routes] = routesOf(block('route'));
  return {
    rootReceiver: root?.receiver ?? null,
    routes,
    receivers,
    inhibitRules: block('inhibit_rules').filter(({ indent, isItem }) => indent === 2 && isItem).length,
  };
}

/** Nodes of the routing tree in the order of the text; the root is first. */
function routesOf(lines: readonly Line[]): AlertRouting['routes'] {
  const nodes: { indent: number; receiver: string | null; matchers: string[] }[] = [
    { indent: 2, receiver: null, matchers: [] },
  ];
  let listKey: { readonly indent: number; readonly key: string } | undefined;
  for (const line of lines) {
    if (
      listKey !== undefined &&
      line.indent <= listKey.indent &&
      !(line.isItem && line.indent === listKey.indent + 2)
    ) {
      listKey = undefined;
    }
    const isRoute = line.isItem && listKey === undefined && line.key !== '';
    if (isRoute) nodes.push({ indent: line.indent, receiver: null, matchers: [] });
    const node = nodes.findLast(({ indent }) => indent === line.indent);
    if (line.key === 'receiver' && node !== undefined) node.receiver = unquote(line.value);
    else if (/^(?:match|match_re|matchers|group_by|mute_time_intervals|active_time_intervals)$/u.test(line.key)) {
      listKey = { indent: line.indent, key: line.key };
    } else if (listKey?.key.startsWith('match') === true) {
      const owner = nodes.findLast(({ indent }) => indent === listKey?.indent);
      owner?.matchers.push(line.key === '' ? unquote(line.value) : `${line.key}=${unquote(line.value)}`);
    }
  }
  return nodes.map(({ receiver, matchers }) => ({ receiver, matchers }));
}

/** Lines below a key of the first level; an item's keys have the indent of their words. */
function linesOf(text: string, name: string): readonly Line[] {
  const all = text.split('\n');
  const start = all.indexOf(`${name}:`);
  if (start === -1) return [];
  const rest = all.slice(start + 1);
  const end = rest.findIndex((line) => /^[a-z]/u.test(line));
  return rest.slice(0, end === -1 ? rest.length : end).flatMap((line) => {
    const match = /^( *)(- )?(?:([a-z_]\w*):(?: (.*))?|(.*))$/iu.exec(line);
    const [, blanks = '', dash, key = '', value = '', plain = ''] = match ?? [];
    if (line.trim() === '') return [];
    return [
      { indent: blanks.length + (dash === undefined ? 0 : 2), isItem: dash !== undefined, key, value: value || plain },
    ];
  });
}

const unquote = (text: string): string => text.replace(/^"(.*)"$|^'(.*)'$/u, '$1$2');
