import type { FactMap } from '../facts.ts';
import { inRange, loopbackRanges, parseRange, type Address, type AddressRange } from './address-range.ts';
import { findRuleRange, matchRule, type HbaRule } from './hba-match.ts';
import { playRules, type Decision, type Principals } from './hba-reach.ts';
import { findSetting } from './pgbouncer-evidence.ts';

/** Connections that get further through a pooler or proxy than their client would by itself. */
export interface WiderPath {
  /**
   * `refused`: the server turns such clients away. `clear`: it does so unless they use TLS. `superuser`: a superuser may
   * come through the pooler from a network at all. `relayed`: the server limits where the role may come from, and the
   * proxy brings anybody there under its own address.
   */
  readonly kind: 'refused' | 'clear' | 'superuser' | 'relayed';
  readonly users: readonly string[];
  readonly databases: readonly string[];
  /** One address it is possible from. */
  readonly address: Address;
  /** The rule that lets it in. */
  readonly rule: HbaRule;
}

/** Rules of a pooler's file in the form of pg_hba_file_rules: `10.0.0.0/8` becomes address and mask. */
export const rulesOfFile = (rules: NonNullable<FactMap['node.pgbouncer-hba']>['rules']): readonly HbaRule[] =>
  rules.map(({ line, type, databases, users, address, mask, method, options }) => {
    const [base = '', length] = (address ?? '').split('/');
    const isRange = length !== undefined && /^\d+$/u.test(length);
    return {
      file: null,
      line,
      type,
      databases,
      users,
      address: address === null ? null : isRange ? base : address,
      netmask: isRange ? maskOf(base, Number(length)) : mask,
      method,
      options,
    };
  });

/** Rules a pooler goes by: those of its file, or what auth_type says of everybody. */
export function poolerRules(
  config: FactMap['pgbouncer.config'],
  hba: FactMap['node.pgbouncer-hba'],
): readonly HbaRule[] {
  const type = findSetting(config, 'auth_type') ?? '';
  const needsTls = ['require', 'verify-ca', 'verify-full'].includes(findSetting(config, 'client_tls_sslmode') ?? '');
  if (type === 'hba') {
    const rules = rulesOfFile(hba?.rules ?? []);
    // Where TLS is required, nobody gets as far as a rule in clear text.
    return needsTls ? rules.map((rule) => (rule.type === 'host' ? { ...rule, type: 'hostssl' } : rule)) : rules;
  }
  const all = { file: null, line: 0, databases: ['all'], users: ['all'], netmask: null, method: type, options: [] };
  return [
    { ...all, type: 'local', address: null },
    { ...all, type: needsTls ? 'hostssl' : 'host', address: 'all' },
  ];
}

/** What the pooler lets through from networks that the server itself would not. */
export function widerThanServer(
  server: readonly HbaRule[],
  pooler: readonly HbaRule[],
  principals: Principals,
  superusers: readonly string[],
): readonly WiderPath[] {
  const ranges = [...server, ...pooler].flatMap((rule) => findRuleRange(rule) ?? []);
  const bySource = groupBySource(playRules(server, principals, ranges));
  const inside = bySource.get(sourceKey({ transport: 'local', address: undefined })) ?? [];
  return playRules(pooler, principals, ranges).flatMap((decision) => {
    const { transport, address } = decision;
    if (address === undefined || transport === 'gss' || isLoopback(address)) return [];
    const rule = admittingRule(decision, principals);
    if (rule === undefined) return [];
    const asSuperuser = pathOf('superuser', decision, superusers, rule);
    const direct = bySource.get(sourceKey({ transport, address })) ?? [];
    const overTls = bySource.get(sourceKey({ transport: 'ssl', address })) ?? [];
    const refused = direct.filter(isRefused).flatMap((other): readonly WiderPath[] => {
      const users = decision.users.filter((user) => other.users.includes(user) && !superusers.includes(user));
      const databases = namesOf(decision).filter((name) => other.databases.includes(name));
      // It gets nowhere when the server refuses the pooler as well.
      const reached = users.filter((user) => databases.some((name) => isAdmitted(inside, user, name, principals)));
      const wantsTls =
        transport === 'plain' &&
        reached.some((user) => databases.some((name) => isAdmitted(overTls, user, name, principals)));
      return reached.length === 0 || databases.length === 0
        ? []
        : [{ kind: wantsTls ? 'clear' : 'refused', users: reached, databases, address, rule }];
    });
    return [...asSuperuser, ...refused];
  });
}

/**
 * What a proxy at this address brings to the server (or the pooler) that the server limits by address: the same role and
 * database are refused from at least one network. A rule for the proxy's address alone was meant so, and is left out.
 */
export function relayedByProxy(
  server: readonly HbaRule[],
  entry: readonly HbaRule[],
  principals: Principals,
  proxy: Address,
): readonly WiderPath[] {
  const here: AddressRange = { family: proxy.family, first: proxy.value, last: proxy.value };
  const ranges = [
    ...server.flatMap((rule) => findRuleRange(rule) ?? []),
    ...entry.flatMap((rule) => findRuleRange(rule) ?? []),
    here,
  ];
  const direct = playRules(server, principals, ranges).filter(
    ({ transport, address }) =>
      transport === 'ssl' && address !== undefined && address.family === proxy.family && !isLoopback(address),
  );
  return playRules(entry, principals, ranges).flatMap((decision) => {
    const { transport, address } = decision;
    if (
      address === undefined ||
      transport !== 'ssl' ||
      address.family !== proxy.family ||
      address.value !== proxy.value
    )
      return [];
    const rule = admittingRule(decision, principals);
    // Whoever names the proxy's own address means those who come through it.
    if (rule === undefined || isOnly(rule, proxy)) return [];
    const elsewhere = direct.filter(isRefused);
    const users = decision.users.filter((user) => elsewhere.some((other) => other.users.includes(user)));
    const databases = namesOf(decision).filter((name) =>
      elsewhere.some((other) => other.databases.includes(name) && other.users.some((user) => users.includes(user))),
    );
    const from = elsewhere.find((other) => other.users.some((user) => users.includes(user)))?.address;
    return users.length === 0 || databases.length === 0 || from === undefined
      ? []
      : [{ kind: 'relayed' as const, users, databases, address: from, rule }];
  });
}

/** Same findings of several addresses are one: whom, where to, why, by which rule. */
export function mergePaths(paths: readonly WiderPath[]): readonly WiderPath[] {
  const merged = new Map<string, WiderPath>();
  for (const path of paths) {
    const key = `${path.kind} ${path.rule.line} ${path.users.join(',')}`;
    const before = merged.get(key);
    merged.set(
      key,
      before === undefined ? path : { ...before, databases: [...new Set([...before.databases, ...path.databases])] },
    );
  }
  return [...merged.values()];
}

/** `10.0.0.0` */
export function addressText({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16));
  return groups.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/u, '::');
}

const maskOf = (base: string, length: number): string => {
  const { first, last, family } = parseRange(`${base.includes(':') ? '::' : '0.0.0.0'}/${length}`);
  const all = family === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n;
  return addressText({ family, value: all - (last - first) });
};

const isOnly = (rule: HbaRule, { value }: Address): boolean => {
  const range = findRuleRange(rule);
  return range?.first === value && range.last === value;
};

const isLoopback = (address: Address): boolean => loopbackRanges.some((range) => inRange(address, range));

const namesOf = ({ databases }: Decision): readonly string[] => databases.filter((name) => name !== undefined);

const sourceKey = ({ transport, address }: Pick<Decision, 'transport' | 'address'>): string =>
  `${transport} ${address?.family ?? ''} ${address?.value ?? ''}`;

function groupBySource(decisions: readonly Decision[]): ReadonlyMap<string, readonly Decision[]> {
  const groups = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const group = groups.get(sourceKey(decision));
    if (group === undefined) groups.set(sourceKey(decision), [decision]);
    else group.push(decision);
  }
  return groups;
}

/** No rule, or only ones that reject. A rule that only may match and would admit makes it uncertain, so not refused. */
const isRefused = ({ rules }: Decision): boolean => rules.every(({ method }) => method === 'reject');

/** The rule that certainly admits, when no earlier one may reject. */
function admittingRule(
  { rules, users, databases, transport, address }: Decision,
  { isMember }: Principals,
): HbaRule | undefined {
  const last = rules.at(-1);
  const [user] = users;
  if (last === undefined || user === undefined || rules.some(({ method }) => method === 'reject')) return undefined;
  const request = { transport, address, database: databases.find((name) => name !== undefined), user };
  return matchRule(last, request, isMember) === 'yes' ? last : undefined;
}

/** Methods with which a pooler can log in for its clients; peer and ident look at its own account. */
const relayable: ReadonlySet<string> = new Set(['scram-sha-256', 'md5', 'password', 'trust', 'cert']);

const isAdmitted = (decisions: readonly Decision[], user: string, database: string, principals: Principals): boolean =>
  decisions.some(
    (decision) =>
      decision.users.includes(user) &&
      decision.databases.includes(database) &&
      relayable.has(admittingRule(decision, principals)?.method ?? ''),
  );

const pathOf = (
  kind: 'superuser',
  decision: Decision,
  among: readonly string[],
  rule: HbaRule,
): readonly WiderPath[] => {
  const users = decision.users.filter((user) => among.includes(user));
  const databases = namesOf(decision);
  return users.length === 0 || databases.length === 0 || decision.address === undefined
    ? []
    : [{ kind, users, databases, address: decision.address, rule }];
};
