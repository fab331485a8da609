import type { Severity } from '../../check.ts';
import type { Outcome } from '../../finding.ts';
import type { ClauseOutcome } from '../../framework.ts';
import type { Messages } from '../i18n/messages.ts';

/** Meaning of a colour; every mark also carries a shape and a word. */
export type Tone = 'good' | 'part' | 'bad' | 'open' | 'off' | 'held';

const outcomeTone: Readonly<Record<Outcome, Tone>> = {
  pass: 'good',
  warn: 'part',
  fail: 'bad',
  not_applicable: 'off',
  error: 'open',
  insufficient_data: 'open',
  manual: 'open',
  stale: 'open',
  excepted: 'held',
};

const clauseTone: Readonly<Record<ClauseOutcome, Tone>> = {
  met: 'good',
  met_in_part: 'part',
  not_met: 'bad',
  not_assessed: 'open',
  not_applicable: 'off',
  accepted_risk: 'held',
};

export const toneOf = (outcome: Outcome): Tone => outcomeTone[outcome];
export const toneOfClause = (outcome: ClauseOutcome): Tone => clauseTone[outcome];

const shapes: Readonly<Record<Tone, string>> = {
  good: 'M3.5 8.5l3 3 6-7',
  part: 'M8 3.5v5.5M8 12v.4',
  bad: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  open: 'M5.8 6.2a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.4v.3',
  off: 'M4 8h8',
  held: 'M5 3.5v9M5 4.5h6.5l-1.6 2.2 1.6 2.3H5',
};

/** A drawn sign, so that it needs no font and survives greyscale. */
export function Sign({ tone }: { readonly tone: Tone }) {
  return (
    <svg class={`sign ${tone}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[tone]} />
    </svg>
  );
}

function Mark({ tone, word }: { readonly tone: Tone; readonly word: string }) {
  return (
    <span class={`mark ${tone}`}>
      <Sign tone={tone} />
      {word}
    </span>
  );
}

export const OutcomeMark = ({ outcome, t }: { readonly outcome: Outcome; readonly t: Messages }) => (
  <Mark tone={toneOf(outcome)} word={t.outcome[outcome]} />
);

export const ClauseMark = ({ outcome, t }: { readonly outcome: ClauseOutcome; readonly t: Messages }) => (
  <Mark tone={toneOfClause(outcome)} word={t.clauseOutcome[outcome]} />
);

export const SeverityMark = ({ severity, t }: { readonly severity: Severity; readonly t: Messages }) => (
  <span class={`severity ${severity}`}>{t.severity[severity]}</span>
);

/** Sign and count; the word is the title of the column or the legend. */
export interface Share {
  readonly tone: Tone;
  readonly word: string;
  readonly count: number;
}

/** Shares of a whole as one bar with a legend that repeats them in words and numbers; empty shares are left out. */
export function ShareBar({ shares, label }: { readonly shares: readonly Share[]; readonly label: string }) {
  const present = shares.filter(({ count }) => count > 0);
  const whole = present.reduce((sum, { count }) => sum + count, 0);
  const offsets = present.map((_, index) => present.slice(0, index).reduce((sum, { count }) => sum + count, 0));
  return (
    <div class="shares">
      <svg
        class="sharebar"
        viewBox={`0 0 ${Math.max(whole, 1)} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <rect class="off" x="0" y="0" width={Math.max(whole, 1)} height="1" />
        {present.map(({ tone, count }, index) => (
          <rect class={tone} x={offsets[index]} y="0" width={count} height="1" />
        ))}
      </svg>
      <ul class="legend">
        {present.map(({ tone, word, count }) => (
          <li>
            <Sign tone={tone} />
            <b>{count}</b> {word}
          </li>
        ))}
      </ul>
    </div>
  );
}
