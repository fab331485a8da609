import type { ComponentChildren } from 'preact';
import { dayStates, type DayState } from '../../history/period/day-state.ts';
import type { ControlReport, PeriodClause, PeriodFramework } from '../../history/period/period-report.ts';
import { SeverityMark } from '../html/marks.tsx';
import { say } from '../html/view.tsx';
import { anchorOf } from '../format.ts';
import { Note, type PeriodView } from './period-view.tsx';
import { StripEntry, StripTable } from './strip-table.tsx';
import { StripCells, toneOfState } from './strip.tsx';
import { stateWords, words } from './words.ts';

/** A strip per control over the period, the worst first. */
export function CalendarChapter({ view }: { readonly view: PeriodView }) {
  return (
    <section id="calendar" class="calendar">
      <h2>{say(view, words.calendar)}</h2>
      <Note view={view} text={words.calendarNote} />
      <Legend view={view} />
      <CalendarTable view={view} head={say(view, words.control)}>
        {view.report.controls.map((control) => (
          <ControlRow view={view} control={control} />
        ))}
      </CalendarTable>
    </section>
  );
}

interface TableProps {
  readonly view: PeriodView;
  readonly head: string;
  readonly children: ComponentChildren;
}

const CalendarTable = ({ view, head, children }: TableProps) => (
  <StripTable
    view={view}
    head={head}
    columns={[words.failedDays, words.unknownDays, words.passedDays, words.noRunDays].map((word) => ({
      name: say(view, word),
      isNumber: true,
    }))}
  >
    {children}
  </StripTable>
);

const countsShown = ['fail', 'unknown', 'pass', 'no_run'] as const;

function Counts({ counts }: { readonly counts: Readonly<Record<DayState, number>> }) {
  return (
    <>
      {countsShown.map((state) => (
        <td class="number">{counts[state]}</td>
      ))}
    </>
  );
}

/** `27 passed, 2 failed, 1 no run`. */
const labelOf = (view: PeriodView, counts: Readonly<Record<DayState, number>>): string =>
  dayStates
    .filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${say(view, stateWords[state].name)}`)
    .join(view.t.listSeparator);

function ControlRow({ view, control }: { readonly view: PeriodView; readonly control: ControlReport }) {
  const { id, title, severity, isKnown, days, counts } = control;
  const name = (
    <>
      {isKnown ? say(view, title) : say(view, words.unknownControl)}
      <div class="control-id">
        <code>{id}</code> <SeverityMark severity={severity} t={view.t} />
      </div>
    </>
  );
  return (
    <StripEntry
      view={view}
      id={anchorOf('control', id)}
      name={name}
      cells={days.map((state) => toneOfState[state])}
      label={labelOf(view, counts)}
      columns={countsShown.length}
    >
      <Counts counts={counts} />
    </StripEntry>
  );
}

/** One framework: a strip per clause, with the controls behind it and what a person must add. */
export function FrameworkCalendar({
  view,
  framework,
}: {
  readonly view: PeriodView;
  readonly framework: PeriodFramework;
}) {
  return (
    <section id={framework.id} class="calendar">
      <h2>
        {say(view, framework.title)} <span class="muted">{framework.edition}</span>
      </h2>
      <Note view={view} text={words.clauseNote} />
      <CalendarTable view={view} head={say(view, words.clause)}>
        {framework.clauses.map((clause) => (
          <ClauseRow view={view} framework={framework} clause={clause} />
        ))}
      </CalendarTable>
    </section>
  );
}

/** More than this many controls are folded behind their number. */
const controlsShown = 4;

function ClauseRow({
  view,
  framework,
  clause,
}: Parameters<typeof FrameworkCalendar>[0] & { readonly clause: PeriodClause }) {
  const known = new Set(view.report.controls.map(({ id }) => id));
  const links = clause.controls.map((id) =>
    known.has(id) ? (
      <a class="control-link" href={`#${anchorOf('control', id)}`}>
        <code>{id}</code>
      </a>
    ) : (
      <code class="control-link">{id}</code>
    ),
  );
  const name = (
    <>
      <b>{clause.id}</b> {say(view, clause.title)}
      <div class="control-id">
        {links.length === 0 ? (
          <span class="muted">{say(view, words.noControl)}</span>
        ) : links.length <= controlsShown ? (
          links
        ) : (
          <details>
            <summary>
              {say(view, words.controls)} {links.length}
            </summary>
            {links}
          </details>
        )}
      </div>
      {clause.manual.length > 0 && (
        <div class="muted small">
          {say(view, words.byPerson)}
          {view.t.colon}
          {clause.manual.map((item) => say(view, item)).join('; ')}
        </div>
      )}
    </>
  );
  return (
    <StripEntry
      view={view}
      id={anchorOf(`clause-${framework.id}`, clause.id)}
      name={name}
      cells={clause.days.map((state) => toneOfState[state])}
      label={labelOf(view, clause.counts)}
      columns={countsShown.length}
    >
      <Counts counts={clause.counts} />
    </StripEntry>
  );
}

/** What each cell means: sign, colour and word. */
export function Legend({ view }: { readonly view: PeriodView }) {
  return (
    <ul class="legend cell-legend">
      {dayStates.map((state) => (
        <li>
          <CellSign state={state} /> {say(view, stateWords[state].name)}
        </li>
      ))}
    </ul>
  );
}

export function LegendChapter({ view }: { readonly view: PeriodView }) {
  return (
    <section id="legend">
      <h2>{say(view, words.legend)}</h2>
      <dl class="glossary">
        {dayStates.map((state) => (
          <>
            <dt>
              <CellSign state={state} /> {say(view, stateWords[state].name)}
            </dt>
            <dd>{say(view, stateWords[state].meaning)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

const CellSign = ({ state }: { readonly state: DayState }) => <CellDrawing tone={toneOfState[state]} />;

function CellDrawing({ tone }: { readonly tone: (typeof toneOfState)[DayState] }) {
  const layout = { width: 16, height: 16, cells: [{ x: 0, y: 0 }], lines: [] };
  return (
    <svg class="cell-sign" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <StripCells tones={[tone]} layout={layout} />
    </svg>
  );
}
