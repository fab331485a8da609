import { durationText } from '../site/duration-text.ts';
import { sizeText } from '../site/size-text.ts';
import type { Site } from '../site/site.ts';
import { thresholds, type Threshold as LimitKind, type ThresholdName } from '../site/threshold.ts';
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

const textOf: Readonly<Record<LimitKind['kind'], (value: number) => string>> = {
  duration: durationText,
  ratio: (value) => `${Math.round(value * 100)} %`,
  bytes: sizeText,
  count: String,
};

const limitText = (name: ThresholdName, site: Site): string => textOf[thresholds[name].kind](site.thresholds[name]);
