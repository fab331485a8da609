import type { PeriodReport } from '../../history/period/period-report.ts';
import type { Text } from '../../text.ts';
import { Prose, type ShownLanguage } from '../html/view.tsx';
import type { Messages } from '../i18n/messages.ts';
import { layoutOf, StripCells, toneOfPresence, toneOfState, type CellTone, type StripLayout } from './strip.tsx';

/** What every part of the page of a period is drawn from. */
export interface PeriodView {
  readonly report: PeriodReport;
  readonly t: Messages;
  readonly language: ShownLanguage;
  readonly layout: StripLayout;
  /** Strips that look alike are drawn once: cells -> id of the drawing. */
  readonly drawings: ReadonlyMap<string, string>;
}

export function periodView(report: PeriodReport, t: Messages, language: ShownLanguage): PeriodView {
  const strips = [
    runTones(report),
    ...report.population.objects.map(({ days }) => days.map((state) => toneOfPresence[state])),
    ...[...report.controls, ...report.frameworks.flatMap(({ clauses }) => clauses)].map(({ days }) =>
      days.map((state) => toneOfState[state]),
    ),
  ];
  const distinct = [...new Set(strips.map((tones) => tones.join(' ')))];
  return {
    report,
    t,
    language,
    layout: layoutOf(report.days),
    drawings: new Map(distinct.map((tones, index) => [tones, `strip-${index + 1}`])),
  };
}

/** Days with a run whose evidence verifies, with a run that does not, and without a run. */
export function runTones({ days, runs }: PeriodReport): readonly CellTone[] {
  return days.map((day) => {
    const own = runs.filter(({ finishedAt }) => finishedAt.startsWith(day));
    if (own.length === 0) return 'none';
    return own.some(({ problem }) => problem !== undefined) ? 'open' : 'good';
  });
}

/** The drawings that strips refer to. */
export function Drawings({ view }: { readonly view: PeriodView }) {
  return (
    <svg class="drawings" width="0" height="0" aria-hidden="true">
      <defs>
        {[...view.drawings].map(([tones, id]) => (
          <g id={id}>
            <StripCells tones={tones.split(' ').map(readTone)} layout={view.layout} />
          </g>
        ))}
      </defs>
    </svg>
  );
}

const tones = ['good', 'part', 'bad', 'open', 'off', 'held', 'none'] as const;
const readTone = (word: string): CellTone => tones.find((tone) => tone === word) ?? 'none';

interface StripProps {
  readonly view: PeriodView;
  readonly cells: readonly CellTone[];
  /** What the strip says, in words. */
  readonly label: string;
}

export function Strip({ view, cells, label }: StripProps) {
  const { width, height } = view.layout;
  return (
    <svg class="strip" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <use href={`#${view.drawings.get(cells.join(' ')) ?? ''}`} />
    </svg>
  );
}

/** One of our texts as a paragraph, in both languages where the page shows both. */
export const Note = ({ view, text }: { readonly view: PeriodView; readonly text: Text }) => (
  <p class="muted">
    <Prose view={view} text={text} />
  </p>
);
