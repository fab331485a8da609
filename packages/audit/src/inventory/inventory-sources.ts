import type { InventorySource } from './cluster-context.ts';
import type { ComponentTarget } from './component-target.ts';
import type { DeclaredSource } from './declared.ts';
import { httpPlaces } from './places.ts';

/**
 * Where the members of a cluster can be read besides the declaration: as asked for, and Patroni wherever it is declared,
 * because asking it costs one request.
 */
export function sourcesOf(
  discover: readonly DeclaredSource[],
  targets: readonly ComponentTarget[],
): readonly InventorySource[] {
  const seeds = discover.flatMap((source) =>
    source.from === 'patroni' && source.http !== undefined
      ? [
          {
            host: new URL(source.http.url).hostname,
            target: source.http,
            command: patroniCommand(httpPlaces(source.http)),
          },
        ]
      : [],
  );
  const members = targets.flatMap((target) =>
    target.kind === 'patroni'
      ? [
          {
            host: target.subject.member ?? '',
            target: target.context.target,
            command: patroniCommand(target.subject.places),
          },
        ]
      : [],
  );
  const patroni = [...members, ...seeds];
  const etcd = targets.flatMap((target) => (target.kind === 'etcd' ? [target] : []));
  const [first] = etcd;
  return [
    ...(patroni.length === 0 ? [] : [{ from: 'patroni', apis: patroni } as const]),
    ...(first === undefined
      ? []
      : [
          {
            from: 'etcd',
            prefix: first.context.prefix,
            endpoints: etcd.map((target) => ({
              host: target.subject.member ?? '',
              target: target.context.target,
              command: etcdCommand(target),
            })),
          } as const,
        ]),
    ...discover.flatMap((source) => (source.from === 'pigsty' ? [source] : [])),
  ];
}

/** Prints `name host port role` a member, sorted by name. */
const patroniCommand = (places: Readonly<Record<string, string>> | undefined): string =>
  String.raw`${places?.['curl'] ?? 'curl'} ${places?.['url'] ?? ''}/cluster | jq -r '.members | sort_by(.name)[] | "\(.name) \(.host) \(.port) \(.role)"'`;

/** Prints the key of each member; what it writes there changes all the time. */
const etcdCommand = ({ subject: { places } }: Extract<ComponentTarget, { readonly kind: 'etcd' }>): string =>
  `${places?.['etcdctl'] ?? 'etcdctl'} get --prefix ${places?.['prefix'] ?? ''}members/ --keys-only | grep .`;
