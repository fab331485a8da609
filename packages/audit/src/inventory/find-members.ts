import { askSource } from './ask-source.ts';
import type { NamedMember } from './cluster-context.ts';
import type { DeclaredCluster, DeclaredMember, FoundMemberTemplate } from './declared.ts';
import { discover, type DiscoverOptions } from './discover.ts';

/**
 * Adds the members that Patroni, etcd or an inventory names and nobody declared, where the configuration says how to
 * reach such. Asks nobody otherwise. Throws with every source's reason when there is not one member to audit.
 */
export async function findMembers(
  declared: DeclaredCluster,
  options: DiscoverOptions,
  signal: AbortSignal,
): Promise<DeclaredCluster> {
  const { found: template, members } = declared;
  if (template === undefined) return declared;
  const { targets } = await discover(declared, options);
  const [own] = targets;
  const sources = own?.kind === 'cluster' ? own.context.sources : [];
  const answers = await Promise.all(sources.map((source) => askSource(source, declared.name, signal)));
  signal.throwIfAborted();
  const named = answers.flatMap((answer) => (answer.members.status === 'ok' ? answer.members.list : []));
  const strangers = named.filter(
    ({ name, host }, index) =>
      host !== null &&
      !members.some((member) => member.name === name) &&
      // The first source that knows an address is believed; the others are compared with it later.
      named.findIndex((other) => other.name === name && other.host !== null) === index,
  );
  const all = [...members, ...strangers.map((member) => fillIn(template, member))];
  if (all.length > 0) return { ...declared, members: all };
  const reasons = answers.map(({ from, place, members: said }) =>
    said.status === 'ok' ? `${from} at ${place} names none` : `${from} at ${place}: ${said.message}`,
  );
  throw new Error(`no member of ${declared.name} was found; ${reasons.join('; ')}`);
}

/** A member as the template says, with `{name}`, `{host}` and `{port}` of this one. */
function fillIn(template: FoundMemberTemplate, { name, host, port }: NamedMember): DeclaredMember {
  const values: Readonly<Record<string, string>> = { name, host: host ?? '', port: String(port ?? 5432) };
  const fill = (text: string): string =>
    text.replaceAll(/\{(name|host|port)\}/gu, (_, key: string) => values[key] ?? '');
  const { patroni, pgbouncer, node } = template;
  return {
    name,
    dsn: fill(template.dsn),
    ...(patroni === undefined ? {} : { patroni: { ...patroni, url: fill(patroni.url) } }),
    ...(pgbouncer === undefined ? {} : { pgbouncer: { dsn: fill(pgbouncer.dsn) } }),
    ...(node === undefined ? {} : { node: node.from === 'file' ? { ...node, file: fill(node.file) } : node }),
    isFound: true,
  };
}
