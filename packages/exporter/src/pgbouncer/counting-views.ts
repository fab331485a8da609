import { answerOf, fieldsOf, textOf, whole, type Fields, type View, type ViewLimits, type Viewed } from './view.ts';

/** Stands for everything that is not told apart. */
const other = 'other';

/** With application_name_add_host PgBouncer appends address and port, which no two connections share. */
const addedHost = / - (?:unix(?:\(\d+\))?|\[?[\da-fA-F:.]+\]?):\d+$/u;

interface Counted {
  readonly labels: readonly string[];
  readonly connections: number;
}

/** SHOW CLIENTS or SHOW SERVERS counted by labels; `application_name` is limited more than the others. */
function countingView(names: readonly string[]): View {
  return (answer, { limits }) => {
    const rows = fieldsOf(answer);
    const shownNames = frequentNames(rows, limits.applications);
    const counted = count(
      rows.map((row) =>
        names.map((name) => {
          if (name !== 'application_name') return textOf(row, name);
          const given = applicationOf(row);
          return shownNames.has(given) ? given : other;
        }),
      ),
    );
    const hidden = new Set(rows.map(applicationOf)).size - shownNames.size;
    const limited = limit(counted, names, limits);
    const shown = limited.shown.map(({ labels, connections }) => ({
      ...Object.fromEntries(names.map((name, at) => [name, labels[at] ?? ''])),
      connections: String(connections),
    }));
    const collapsed = limited.collapsed + (names.includes('application_name') ? hidden : 0);
    return { result: answerOf([...names, 'connections'], shown), collapsed };
  };
}

/** Client connections by database, user, application and state. */
export const clientsView: View = countingView(['database', 'user', 'application_name', 'state']);

/** Server connections by database, user and state. */
export const serversView: View = countingView(['database', 'user', 'state']);

function applicationOf(row: Fields): string {
  return textOf(row, 'application_name').replace(addedHost, '');
}

/** The most frequent names, and of equally frequent ones the first by name. */
function frequentNames(rows: readonly Fields[], most: number): ReadonlySet<string> {
  const named = count(rows.map((row) => [applicationOf(row)]));
  return new Set(named.slice(0, most).map(({ labels }) => labels[0] ?? ''));
}

/** Equal labels counted, most frequent first, then by their text. */
function count(all: readonly (readonly string[])[]): readonly Counted[] {
  const byKey = new Map<string, { readonly labels: readonly string[]; connections: number }>();
  for (const labels of all) {
    const key = JSON.stringify(labels);
    const known = byKey.get(key) ?? { labels, connections: 0 };
    known.connections += 1;
    byKey.set(key, known);
  }
  return [...byKey.entries()]
    .toSorted(([a, one], [b, two]) => two.connections - one.connections || (a < b ? -1 : 1))
    .map(([, counted]) => counted);
}

/** Beyond the limit only the state is kept, so that the sum over all series is still the number of connections. */
function limit(
  counted: readonly Counted[],
  names: readonly string[],
  { series }: ViewLimits,
): { readonly shown: readonly Counted[]; readonly collapsed: number } {
  if (counted.length <= series) return { shown: counted, collapsed: 0 };
  const rest = counted.slice(series);
  const sums = new Map<string, { readonly labels: readonly string[]; connections: number }>();
  for (const { labels, connections } of rest) {
    const kept = labels.map((label, at) => (names[at] === 'state' ? label : other));
    const key = JSON.stringify(kept);
    const known = sums.get(key) ?? { labels: kept, connections: 0 };
    known.connections += connections;
    sums.set(key, known);
  }
  const shown = counted.slice(0, series).map((one) => {
    const key = JSON.stringify(one.labels);
    const more = sums.get(key)?.connections ?? 0;
    sums.delete(key);
    return { ...one, connections: one.connections + more };
  });
  return { shown: [...shown, ...sums.values()], collapsed: rest.length };
}

/** TLS, plain text or a Unix socket, and the version of TLS. */
function transportOf(row: Fields): { readonly transport: string; readonly protocol: string } {
  const tls = textOf(row, 'tls');
  if (tls !== '') return { transport: 'tls', protocol: /^TLSv[\d.]+/u.exec(tls)?.[0] ?? other };
  const address = textOf(row, 'addr');
  return { transport: address === 'unix' || address.startsWith('/') ? 'unix' : 'plain', protocol: '' };
}

/** Connections by encryption. */
export const transportView: View = (answer) => {
  const counted = count(
    fieldsOf(answer).map((row) => {
      const { transport, protocol } = transportOf(row);
      return [transport, protocol];
    }),
  );
  const rows = counted.map(({ labels, connections }) => ({
    transport: labels[0],
    protocol: labels[1],
    connections: String(connections),
  }));
  return whole(answerOf(['transport', 'protocol', 'connections'], rows));
};

/** Share of TLS among the connections over the network; no row when there is none. */
export const encryptedView: View = (answer): Viewed => {
  const overNetwork = fieldsOf(answer)
    .map((row) => transportOf(row).transport)
    .filter((transport) => transport !== 'unix');
  const encrypted = overNetwork.filter((transport) => transport === 'tls').length;
  const rows = overNetwork.length === 0 ? [] : [{ ratio: String(encrypted / overNetwork.length) }];
  return whole(answerOf(['ratio'], rows));
};
