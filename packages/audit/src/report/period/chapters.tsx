import type { ComponentChildren } from 'preact';
import type { EpisodeReport } from '../../history/period/period-report.ts';
import type { Text } from '../../text.ts';
import { anchorOf, formatTime } from '../format.ts';
import { Prose, say } from '../html/view.tsx';
import { Note, runTones, Strip, type PeriodView } from './period-view.tsx';
import { StripEntry, StripTable } from './strip-table.tsx';
import { StripScale, toneOfPresence } from './strip.tsx';
import { durationWords, episodeWords, presenceWords, waiverWords, words } from './words.ts';

interface Props {
  readonly view: PeriodView;
}

/** When runs took place, what was left out, and which runs do not verify. */
export function ScheduleChapter({ view }: Props) {
  const { schedule, runs, evidence } = view.report;
  const broken = runs.filter(({ problem }) => problem !== undefined);
  return (
    <section id="schedule">
      <h2>{say(view, words.schedule)}</h2>
      <div class="scroll">
        <StripScale days={view.report.days} layout={view.layout} />
        <Strip view={view} cells={runTones(view.report)} label={`${schedule.daysWithRun} / ${schedule.days}`} />
      </div>
      <table class="facts">
        <tbody>
          <Row name={say(view, words.days)} value={schedule.days} />
          <Row name={say(view, words.runs)} value={schedule.runs} />
          <Row name={say(view, words.daysWithRun)} value={schedule.daysWithRun} />
          <Row name={say(view, words.daysWithout)} value={schedule.days - schedule.daysWithRun} />
          <Row name={say(view, words.every)} value={say(view, durationWords(schedule.everyMs))} />
          <Row name={say(view, words.longestGap)} value={say(view, durationWords(schedule.longestGapMs))} />
        </tbody>
      </table>
      <h3>{say(view, words.gaps)}</h3>
      {schedule.gaps.length === 0 ? (
        <p>{say(view, words.gapsNone)}</p>
      ) : (
        <>
          <Note view={view} text={words.gapsNote} />
          <Table head={[words.from, words.to, words.duration].map((word) => say(view, word))}>
            {schedule.gaps.map(({ from, to, durationMs }) => (
              <tr>
                <td class="tight">{formatTime(from)}</td>
                <td class="tight">{formatTime(to)}</td>
                <td>{say(view, durationWords(durationMs))}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      <h3>{say(view, words.unverified)}</h3>
      {!evidence.checked.evidence && <p class="note">{say(view, words.evidenceUnread)}</p>}
      <p class="small">{say(view, evidence.checked.signatures ? words.signaturesRead : words.signaturesUnread)}</p>
      {broken.length === 0 ? (
        <p>{say(view, words.unverifiedNone)}</p>
      ) : (
        <>
          <Note view={view} text={words.unverifiedNote} />
          <Table head={[say(view, words.run), view.t.method.reason]}>
            {broken.map(({ runId, problem }) => (
              <tr>
                <td class="fixed">
                  <a href={`#${anchorOf('run', runId)}`}>
                    <code>{runId}</code>
                  </a>
                </td>
                <td>
                  <span class="raw">{problem}</span>
                </td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </section>
  );
}

const Row = ({ name, value }: { readonly name: string; readonly value: number | string }) => (
  <tr>
    <th scope="row">{name}</th>
    <td class="number">{value}</td>
  </tr>
);

/** Which objects were in scope on which day, and when they came and went. */
export function PopulationChapter({ view }: Props) {
  const { population } = view.report;
  const { comparedWith } = population;
  return (
    <section id="population" class="calendar">
      <h2>{say(view, words.population)}</h2>
      <p class="muted">
        {comparedWith === undefined ? (
          <Prose view={view} text={words.notCompared} />
        ) : (
          <>
            {say(view, words.comparedWith)}
            {view.t.colon}
            <code>{comparedWith}</code>
          </>
        )}
      </p>
      <ul class="legend cell-legend">
        {(['in_scope', 'silent', 'absent', 'unknown', 'no_run'] as const).map((state) => (
          <li>
            <span class={`cell-word ${toneOfPresence[state]}`}>{say(view, presenceWords[state])}</span>
          </li>
        ))}
      </ul>
      <StripTable
        view={view}
        head={say(view, words.object)}
        columns={[
          { name: say(view, words.inScope), isNumber: true },
          { name: say(view, words.answered), isNumber: true },
          { name: say(view, words.moves), isNumber: false },
        ]}
      >
        {population.objects.map(({ id, kind, days, runs, answered, moves }) => (
          <StripEntry
            view={view}
            name={
              <>
                <code>{id}</code> <span class="muted small">{view.t.kind[kind]}</span>
              </>
            }
            cells={days.map((state) => toneOfPresence[state])}
            label={`${runs}`}
            columns={3}
          >
            <td class="number">{runs}</td>
            <td class="number">{answered}</td>
            <td class="small">
              {moves.length === 0 ? (
                <span class="muted">{say(view, words.throughout)}</span>
              ) : (
                moves.map((move) => (
                  <div>
                    {say(view, words[move.kind])} {formatTime(move.at)}
                  </div>
                ))
              )}
            </td>
          </StripEntry>
        ))}
      </StripTable>
    </section>
  );
}

/** Every time a finding was open in the period. */
export function EpisodesChapter({ view }: Props) {
  const { findings, totals } = view.report;
  return (
    <section id="findings">
      <h2>{say(view, words.findings)}</h2>
      <table class="facts">
        <tbody>
          <Row name={say(view, words.openAtBegin)} value={totals.openAtBegin} />
          <Row name={say(view, words.opened)} value={totals.opened} />
          <Row name={say(view, words.reopened)} value={totals.reopened} />
          <Row name={say(view, words.closed)} value={totals.closed} />
          <Row name={say(view, words.openAtEnd)} value={totals.openAtEnd} />
          <Row
            name={say(view, words.meanTimeToClose)}
            value={totals.meanTimeToCloseMs === undefined ? '–' : say(view, durationWords(totals.meanTimeToCloseMs))}
          />
        </tbody>
      </table>
      {findings.length === 0 ? (
        <p>{say(view, words.findingsNone)}</p>
      ) : (
        <>
          <Note view={view} text={words.findingsNote} />
          <Table
            head={[words.finding, words.opened, words.closed, words.openFor, words.state].map((word) =>
              say(view, word),
            )}
          >
            {findings.map((episode) => (
              <EpisodeRow view={view} episode={episode} />
            ))}
          </Table>
        </>
      )}
    </section>
  );
}

function EpisodeRow({ view, episode }: Props & { readonly episode: EpisodeReport }) {
  const { id, openedAt, closedAt, durationMs, state, isReopened, isClosureUnproven, hasFailed } = episode;
  return (
    <tr class="filterable">
      <td>
        <code>{id}</code>
        <div class="muted small">{say(view, hasFailed ? words.failure : words.warningOnly)}</div>
      </td>
      <td class="tight">
        {formatTime(openedAt)}
        {isReopened && <div class="small">{say(view, words.reopened)}</div>}
      </td>
      <td class="tight">{closedAt === undefined ? '–' : formatTime(closedAt)}</td>
      <td>{say(view, closedAt === undefined ? atLeast(durationWords(durationMs)) : durationWords(durationMs))}</td>
      <td>
        {say(view, episodeWords[state])}
        {isClosureUnproven && <div class="small">{say(view, words.unproven)}</div>}
      </td>
    </tr>
  );
}

/** Whole in each language, so that a page of both has two phrases and not four halves. */
const atLeast = ({ en, zh }: Text): Text => ({ en: `${words.atLeast.en} ${en}`, zh: `${words.atLeast.zh} ${zh}` });

/** Exceptions that any run of the period had. */
export function PeriodWaiversChapter({ view }: Props) {
  const { waivers } = view.report;
  return (
    <section id="waivers">
      <h2>{say(view, words.waivers)}</h2>
      {waivers.length === 0 ? (
        <p>{say(view, words.waiversNone)}</p>
      ) : (
        <Table
          head={[
            words.waiver,
            words.scope,
            words.reason,
            words.owner,
            words.approval,
            words.until,
            words.listed,
            words.state,
            words.covered,
          ].map((word) => say(view, word))}
        >
          {waivers.map((waiver) => (
            <tr>
              <td>
                <code>{waiver.id}</code>
              </td>
              <td>
                <code>
                  {waiver.check} @ {waiver.subject}
                </code>
              </td>
              <td class="free">{waiver.reason}</td>
              <td class="free">{waiver.owner}</td>
              <td class="free">{waiver.approval ?? '–'}</td>
              <td class="tight">{waiver.until}</td>
              <td class="small">
                {formatTime(waiver.firstAt)} – {formatTime(waiver.lastAt)}
              </td>
              <td>{say(view, waiverWords[waiver.state])}</td>
              <td class="small">
                {waiver.findings.length === 0
                  ? view.t.none
                  : waiver.findings.map((id) => <code class="line">{id}</code>)}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

/** A table that scrolls by itself on a narrow screen. */
export function Table({ head, children }: { readonly head: readonly string[]; readonly children: ComponentChildren }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
