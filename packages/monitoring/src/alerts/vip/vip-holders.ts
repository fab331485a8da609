import { nodeMetrics, patroniMetrics, pgUp, promql, select, type Expr } from '@pgattest/catalog';
import type { Site } from '../../site/site.ts';

/** One virtual address of the site: who holds it, who leads, and whose it is. */
export interface Vip {
  /** Interfaces that carry the address, one series for each. */
  readonly holders: Expr;
  /** Nodes of the cluster whose member leads it, by `ip`. */
  readonly leaders: Expr;
  /** The cluster, while it is scraped: one series with `cls`. */
  readonly cluster: Expr;
  /** The two literals that name it in `label_replace`. */
  readonly cls: Expr;
  readonly address: Expr;
}

const literal = (text: string): Expr => ({ text: JSON.stringify(text), reads: [] });

/** The virtual addresses of a site, and one expression out of one for each; undefined without any. */
export function ofEachVip(site: Site, expressionOf: (vip: Vip) => Expr): Expr | undefined {
  const parts = Object.entries(site.vips).map(([cls, address]) => {
    const { patroniPrimary, patroniStandbyLeader } = patroniMetrics;
    return expressionOf({
      holders: promql`${select(nodeMetrics.nodeNetworkAddressInfo, { address })}`,
      leaders: promql`max by (ip) (${select(patroniPrimary, { cls })} == 1 or ${select(patroniStandbyLeader, { cls })} == 1)`,
      cluster: promql`count by (cls) (${select(pgUp, { cls })})`,
      cls: literal(cls),
      address: literal(address),
    });
  });
  return parts.reduce<Expr | undefined>((all, one) => (all === undefined ? one : promql`${all} or ${one}`), undefined);
}
