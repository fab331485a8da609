/** What the rules for arriving packets of one family do. */
export interface InputPolicy {
  readonly family: 'ip' | 'ip6' | 'inet';
  /** Packets that no rule accepts are refused. */
  readonly isDefaultDeny: boolean;
  /** Rules without any condition that accept: everything below them is open. */
  readonly acceptsAny: boolean;
  readonly rules: number;
}

interface Chain {
  readonly key: string;
  readonly family: string;
  readonly hook: string | undefined;
  readonly policy: string | undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads `nft -j list ruleset`; undefined when it is no such document. */
export function parseNftRuleset(json: string): readonly InputPolicy[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isRecord(document) || !Array.isArray(document['nftables'])) return undefined;
  const chains: Chain[] = [];
  const rules = new Map<string, unknown[][]>();
  for (const entry of document['nftables']) {
    if (!isRecord(entry)) continue;
    const { chain, rule } = entry;
    if (isRecord(chain)) {
      const { family, table, name, hook, policy } = chain;
      chains.push({
        key: `${String(family)} ${String(table)} ${String(name)}`,
        family: String(family),
        hook: typeof hook === 'string' ? hook : undefined,
        policy: typeof policy === 'string' ? policy : undefined,
      });
    }
    if (isRecord(rule) && Array.isArray(rule['expr'])) {
      const key = `${String(rule['family'])} ${String(rule['table'])} ${String(rule['chain'])}`;
      rules.set(key, [...(rules.get(key) ?? []), rule['expr']]);
    }
  }
  return chains.flatMap((chain): readonly InputPolicy[] => {
    const family = (['ip', 'ip6', 'inet'] as const).find((name) => name === chain.family);
    if (chain.hook !== 'input' || family === undefined) return [];
    const own = rules.get(chain.key) ?? [];
    const last = own.at(-1);
    return [
      {
        family,
        isDefaultDeny: chain.policy === 'drop' || (last !== undefined && refuses(last)),
        acceptsAny: own.some(
          (expr) => expr.every(isCounter) && expr.some((part) => isRecord(part) && 'accept' in part),
        ),
        rules: own.length,
      },
    ];
  });
}

/** Statements that match nothing: they count, log, or end. */
const isCounter = (part: unknown): boolean =>
  isRecord(part) && ['counter', 'log', 'accept', 'drop', 'reject'].some((word) => word in part);

const refuses = (expr: readonly unknown[]): boolean =>
  expr.every(isCounter) && expr.some((part) => isRecord(part) && ('drop' in part || 'reject' in part));

/** Reads `iptables-save -t filter` or its kin for IPv6. */
export function parseIptables(text: string, family: 'ip' | 'ip6'): readonly InputPolicy[] {
  const policy = /^:INPUT (?<policy>\w+)/m.exec(text)?.groups?.['policy'];
  if (policy === undefined) return [];
  const rules = [...text.matchAll(/^-A INPUT (?<rule>.*)$/gm)].map((match) => match.groups?.['rule'] ?? '');
  const last = rules.at(-1) ?? '';
  return [
    {
      family,
      isDefaultDeny: policy === 'DROP' || /^-j (?:DROP|REJECT)\b/.test(last),
      acceptsAny: rules.some((rule) => /^-j ACCEPT\b/.test(rule)),
      rules: rules.length,
    },
  ];
}
