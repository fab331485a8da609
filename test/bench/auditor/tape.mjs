// What the real servers answered, by member, database and text of the statement; given again under another cluster's name.
import { clusterName } from './fleet-names.mjs';

const recordedName = /sim[-_](?=000)/gu;

/** A recorded answer, ready to be given under any name: `sim-000` becomes `sim-007`, the slot `sim_000_2` `sim_007_2`. */
function stampable(bytes) {
  const places = [...bytes.toString('latin1').matchAll(recordedName)].map(({ index }) => index + 'sim-'.length);
  return (number) => {
    if (number === 0 || places.length === 0) return bytes;
    const copy = Buffer.from(bytes);
    const digits = clusterName(number).slice('sim-'.length);
    for (const place of places) copy.write(digits, place, 'latin1');
    return copy;
  };
}

/** An empty tape. */
export function createTape() {
  const answers = new Map();
  const key = (kind, member, rest) => `${kind} ${member} ${rest}`;
  return {
    /** Answers of a kind (`greeting`, `query`, `stranger`), as bytes of the server. A later one replaces it. */
    keep: (kind, member, rest, bytes) => answers.set(key(kind, member, rest), stampable(bytes)),
    /** The same for a member of cluster `number`; undefined when it was never recorded. */
    find: (kind, member, rest, number) => answers.get(key(kind, member, rest))?.(number),
    /** Statements of a member with their databases, in the order in which they were first asked. */
    statements: (member) =>
      [...answers.keys()]
        .filter((name) => name.startsWith(`query ${member} `))
        .map((name) => {
          const rest = name.slice(`query ${member} `.length);
          const at = rest.indexOf(' ');
          return { database: rest.slice(0, at), sql: rest.slice(at + 1) };
        }),
  };
}
