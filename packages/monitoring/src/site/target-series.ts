import { not, scrapeUp, select, type Selector } from '@pgattest/catalog';
import type { Site, TargetName } from './site.ts';

/** `up` of one kind of target of the site. */
export function targetUp(site: Site, name: TargetName): Selector {
  const { job, port } = site.targets[name];
  if (port !== undefined) return select(scrapeUp, { job, instance: new RegExp(`.*:${port}`) });
  const others = Object.values(site.targets).flatMap((target) =>
    target.job === job && target.port !== undefined ? [target.port] : [],
  );
  if (others.length === 0) return select(scrapeUp, { job });
  return select(scrapeUp, { job, instance: not(new RegExp(`.*:(${others.toSorted((a, b) => a - b).join('|')})`)) });
}
