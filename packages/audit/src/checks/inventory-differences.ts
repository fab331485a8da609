import type { FactMap } from '../facts.ts';

type Source = FactMap['cluster.inventory']['sources'][number];
type Member = FactMap['cluster.inventory']['declared'][number];

/** How a source differs from the declaration. */
export interface Difference {
  readonly level: 'warn' | 'fail';
  readonly en: string;
  readonly zh: string;
}

/**
 * Compares the declared members with those that each source names: who is missing, who is too many, whose address or
 * port differs, and whom an inventory calls the primary although another leads. A source that did not answer says
 * nothing here.
 */
export function compareInventory(declared: readonly Member[], sources: readonly Source[]): readonly Difference[] {
  const leader = sources
    .flatMap(({ from, members }) => (from === 'patroni' && members.status === 'ok' ? members.list : []))
    .find(({ role }) => role === 'leader' || role === 'standby_leader')?.name;
  return sources.flatMap(({ from, members, notes }) => {
    if (members.status !== 'ok') return [];
    const { list } = members;
    const extra = list.filter(({ name }) => !declared.some((member) => member.name === name));
    const missing = declared.filter(({ name }) => !list.some((member) => member.name === name));
    const pairs = declared.flatMap((member) => {
      const other = list.find(({ name }) => name === member.name);
      return other === undefined ? [] : [{ member, other }];
    });
    return [
      ...extra.map(({ name, host }): Difference => ({
        level: 'fail',
        en: `${from} knows ${name} (${host ?? 'no address'}), which is not declared`,
        zh: `${from} 中存在未申报的成员 ${name}（${host ?? '无地址'}）`,
      })),
      ...missing.map(({ name }): Difference => ({
        level: 'fail',
        en: `${name} is declared, and ${from} does not know it`,
        zh: `已申报的 ${name} 不在 ${from} 中`,
      })),
      ...pairs.flatMap(({ member, other }) => addressDifference(from, member, other)),
      ...(from === 'pigsty' ? pairs.flatMap(({ other }) => roleDifference(other, leader)) : []),
      ...notes.map((note): Difference => ({
        level: 'warn',
        en: `not understood in the inventory of ${from}: ${note}`,
        zh: `${from} 清单中有无法识别的内容：${note}`,
      })),
    ];
  });
}

function addressDifference(from: string, declared: Member, other: Member): readonly Difference[] {
  const isComparable = isAddress(declared.host) && isAddress(other.host);
  const host = isComparable && declared.host !== other.host;
  const port = declared.port !== null && other.port !== null && declared.port !== other.port;
  if (!host && !port) return [];
  const placeOf = (member: Member): string => `${member.host ?? '?'}:${member.port ?? '?'}`;
  return [
    {
      level: 'warn',
      en: `${declared.name} is declared at ${placeOf(declared)}, ${from} has it at ${placeOf(other)}`,
      zh: `${declared.name} 申报地址为 ${placeOf(declared)}，${from} 中为 ${placeOf(other)}`,
    },
  ];
}

/** Only addresses compare: a name and an address may be the same host, and a socket is on no network. */
const isAddress = (host: string | null): host is string => host !== null && /^[\d.]+$|:/u.test(host);

function roleDifference({ name, role }: Member, leader: string | undefined): readonly Difference[] {
  if (leader === undefined || (role === 'primary') === (name === leader)) return [];
  return [
    {
      level: 'warn',
      en: `the inventory of pigsty gives ${name} the role ${role ?? '-'}, Patroni's leader is ${leader}`,
      zh: `pigsty 清单中 ${name} 的角色为 ${role ?? '-'}，而 Patroni 的主库为 ${leader}`,
    },
  ];
}
