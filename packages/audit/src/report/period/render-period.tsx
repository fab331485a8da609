import type { PeriodReport } from '../../history/period/period-report.ts';
import type { Text } from '../../text.ts';
import { Sign } from '../html/marks.tsx';
import { drawPage, type Chapter } from '../html/page.tsx';
import { say, type ShownLanguage } from '../html/view.tsx';
import { anchorOf } from '../format.ts';
import { messagesOf } from '../i18n/messages-of.ts';
import { EvidenceIndex, SamplesChapter } from './annex.tsx';
import { CalendarChapter, FrameworkCalendar, LegendChapter } from './calendar.tsx';
import { EpisodesChapter, PeriodWaiversChapter, PopulationChapter, ScheduleChapter } from './chapters.tsx';
import { Drawings, periodView, type PeriodView } from './period-view.tsx';
import { stateWords, verdictWords, words } from './words.ts';

/** The report of a period as one self-contained page, in one language or in both; prints on A4. */
export function renderPeriodHtml(report: PeriodReport, language: ShownLanguage): string {
  const t = messagesOf(language);
  const view = periodView(report, t, language);
  const { cluster, period } = report;
  const page = drawPage({
    t,
    language,
    title: `${say(view, words.title)} · ${cluster} · ${period.from} – ${period.to}`,
    chapters: chaptersOf(view),
    drawings: <Drawings view={view} />,
    footer: `${report.tool.name} ${report.tool.version} · ${cluster} ${period.from} – ${period.to}`,
    children: (
      <>
        <PeriodCover view={view} />
        <SummaryChapter view={view} />
        <ScheduleChapter view={view} />
        <PopulationChapter view={view} />
        <CalendarChapter view={view} />
        {report.frameworks.map((framework) => (
          <FrameworkCalendar view={view} framework={framework} />
        ))}
        <EpisodesChapter view={view} />
        <PeriodWaiversChapter view={view} />
        <SamplesChapter view={view} />
        <EvidenceIndex view={view} />
        <LegendChapter view={view} />
      </>
    ),
  });
  return [...page].join('');
}

function chaptersOf(view: PeriodView): readonly Chapter[] {
  const { report } = view;
  const chapter = (id: string, name: Text): Chapter => ({ id, name: say(view, name) });
  return [
    chapter('summary', words.summary),
    chapter('schedule', words.schedule),
    chapter('population', words.population),
    chapter('calendar', words.calendar),
    ...report.frameworks.map(({ id, title }) => chapter(id, title)),
    chapter('findings', words.findings),
    chapter('waivers', words.waivers),
    chapter('samples', words.samples),
    chapter('evidence', words.evidence),
    chapter('legend', words.legend),
  ];
}

function PeriodCover({ view }: { readonly view: PeriodView }) {
  const { report, t } = view;
  const { header, period, totals, schedule, evidence } = report;
  const withoutRun = schedule.days - schedule.daysWithRun;
  const isClean =
    totals.controlsWithUnknownDay === 0 && withoutRun === 0 && totals.unverifiedRuns === 0 && evidence.checked.evidence;
  const tone = totals.controlsWithFailedDay > 0 ? 'bad' : isClean ? 'good' : 'open';
  const [main, ...rest] = verdictWords(
    totals.controlsWithFailedDay,
    totals.controlsWithUnknownDay,
    withoutRun,
    totals.unverifiedRuns,
  );
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t.cover.organisation, header.organisation],
    [t.cover.grade, header.grade],
    [t.cover.filingNumber, header.filingNumber],
    [t.cover.owner, header.owner],
    [t.cover.requester, header.requester],
    [t.cover.operator, header.operator],
  ];
  return (
    <header class="cover" id="top">
      <p class="eyebrow">
        {say(view, words.title)}
        {header.classification !== undefined && <span class="label">{header.classification}</span>}
      </p>
      <h1>
        {header.system ?? report.cluster}
        <span class="sub">
          {' '}
          {period.from} – {period.to}
        </span>
      </h1>
      <div class={`verdict ${tone}`}>
        <Sign tone={tone} />
        <div>
          <p class="verdict-main">{main === undefined ? '' : say(view, main)}</p>
          {rest.map((sentence) => (
            <p class="small">{say(view, sentence)}</p>
          ))}
        </div>
      </div>
      <dl class="identity">
        <dt>{t.cover.cluster}</dt>
        <dd>
          <code>{report.cluster}</code>
        </dd>
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        <dt>{say(view, words.period)}</dt>
        <dd>
          {period.from} – {period.to} ({schedule.days} {say(view, words.utcDays)})
        </dd>
        <dt>{t.cover.tool}</dt>
        <dd>
          {report.tool.name} {report.tool.version}
        </dd>
        <dt>{say(view, words.chainHead)}</dt>
        <dd>
          <code class="hash">{evidence.head.sha256}</code>
        </dd>
      </dl>
      <p class="muted small">{say(view, words.notAPoint)}</p>
    </header>
  );
}

/** The numbers, then what deviates: every other control passed on every day it was looked at. */
function SummaryChapter({ view }: { readonly view: PeriodView }) {
  const { totals, schedule, controls } = view.report;
  const failed = controls.filter(({ counts }) => counts.fail > 0);
  const unknown = controls.filter(({ counts }) => counts.fail === 0 && counts.unknown > 0);
  const numbers = [
    [words.daysWithRun, `${schedule.daysWithRun} / ${schedule.days}`],
    [words.runs, String(schedule.runs)],
    [words.unverified, String(totals.unverifiedRuns)],
    [words.openedOrReopened, String(totals.opened + totals.reopened)],
    [words.closed, String(totals.closed)],
    [words.openAtEnd, String(totals.openAtEnd)],
  ] as const;
  return (
    <section id="summary">
      <h2>{say(view, words.summary)}</h2>
      <div class="meters period-meters">
        {numbers.map(([name, value]) => (
          <div class="meter">
            <div class="meter-title">{say(view, name)}</div>
            <div class="meter-value">{value}</div>
          </div>
        ))}
      </div>
      <h3>{say(view, words.deviations)}</h3>
      {failed.length === 0 ? (
        <p>{say(view, words.deviationsNone)}</p>
      ) : (
        <ControlList view={view} state="fail" of={failed} />
      )}
      {unknown.length > 0 && (
        <>
          <h3>{say(view, words.undecidedControls)}</h3>
          <ControlList view={view} state="unknown" of={unknown} />
        </>
      )}
    </section>
  );
}

interface ListProps {
  readonly view: PeriodView;
  readonly state: 'fail' | 'unknown';
  readonly of: PeriodView['report']['controls'];
}

/** Controls with the days that have the state: `2026-11-03 – 2026-11-05`. */
function ControlList({ view, state, of }: ListProps) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>{say(view, words.control)}</th>
            <th>
              {say(view, words.days)}
              {view.t.colon}
              {say(view, stateWords[state].name)}
            </th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ id, title, isKnown, days }) => (
            <tr>
              <td>
                <a href={`#${anchorOf('control', id)}`}>{say(view, isKnown ? title : words.unknownControl)}</a>{' '}
                <span class="control-id">
                  <code>{id}</code>
                </span>
              </td>
              <td>
                {rangesOf(
                  view.report.days.filter((_, index) => days[index] === state),
                  view.report.days,
                ).join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Days that follow one another as one range. */
export function rangesOf(days: readonly string[], all: readonly string[]): readonly string[] {
  const ranges: { readonly first: string; readonly last: string }[] = [];
  for (const day of days) {
    const open = ranges.at(-1);
    if (open !== undefined && all.indexOf(day) === all.indexOf(open.last) + 1) {
      ranges[ranges.length - 1] = { first: open.first, last: day };
    } else ranges.push({ first: day, last: day });
  }
  return ranges.map(({ first, last }) => (first === last ? first : `${first} – ${last}`));
}
