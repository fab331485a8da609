import { durationText } from '../site/duration-text.ts';
import { sizeText } from '../site/size-text.ts';
import type { Site } from '../site/site.ts';
import { thresholds, type ThresholdName } from '../site/threshold.ts';
import type { Threshold } from './panel.ts';
import type { Language } from './text.ts';

/** Number of a limit: its own, or what the site sets for the alert of that name. */
export const limitOf = ({ value }: Threshold, site: Site): number =>
  typeof value === 'number' ? value : site.thresholds[value];

/** Why the limit is there, with the number of the site for `{value}`. */
export function reasonOf(threshold: Threshold, site: Site, language: Language): string {
  const { value, why } = threshold;
  return typeof value === 'number' ? why[language] : why[language].replace('{value}', limitText(value, site));
}

function limitText(name: ThresholdName, site: Site): string {
  const value = site.thresholds[name];
  switch (thresholds[name].kind) {
    case 'duration':
      return durationText(value);
    case 'ratio':
      return `${Math.round(value * 100)} %`;
    case 'bytes':
      return sizeText(value);
    case 'count':
      return String(value);
  }
}
