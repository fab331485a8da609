import { anchorOf } from '../format.ts';
import type { CheckReport, FrameworkReport, HighRiskReport, SectionReport } from '../model.ts';
import { clauseOutcomes, outcomesWorstFirst, worstOutcome } from '../outcomes.ts';
import { Meter } from './meter.tsx';
import { OutcomeMark, SeverityMark, ShareBar, Sign, toneOf, toneOfClause, type Tone } from './marks.tsx';
import { Prose, say, type View } from './view.tsx';

const actionsShown = 5;

/** The executive page: high risk first, then the numbers, then what to do. */
export function Summary({ view }: { readonly view: View }) {
  const { report, t } = view;
  const { totals } = report;
  return (
    <section id="summary">
      <h2>{t.chapters.summary}</h2>
      <HighRisk view={view} />
      <h3>{t.summary.results}</h3>
      <ShareBar
        label={t.summary.results}
        shares={outcomesWorstFirst.map((outcome) => ({
          tone: toneOf(outcome),
          word: t.outcome[outcome],
          count: totals.outcomes[outcome],
        }))}
      />
      <p class="muted small">{t.summary.addsUp(totals.results, totals.checks, report.scope.subjects.length)}</p>
      <h3>{t.summary.frameworks}</h3>
      <div class="cards">
        {report.frameworks.map((framework) => (
          <FrameworkCard view={view} framework={framework} />
        ))}
      </div>
      <TopActions view={view} />
      {report.frameworks.map((framework) => (
        <HeatMap view={view} framework={framework} />
      ))}
    </section>
  );
}

const riskTone: Readonly<Record<HighRiskReport['state'], Tone>> = {
  triggered: 'bad',
  accepted: 'held',
  undecided: 'open',
  not_triggered: 'good',
  no_check: 'off',
};

function HighRisk({ view }: { readonly view: View }) {
  const { report, t } = view;
  if (report.highRisk.length === 0) return null;
  const shown = report.highRisk.filter(({ state }) => state === 'triggered' || state === 'accepted');
  const rest = report.highRisk.filter((entry) => !shown.includes(entry));
  const undecided = rest.filter(({ state }) => state === 'undecided').length;
  const open = undecided + rest.filter(({ state }) => state === 'no_check').length;
  const none = undecided === 0 ? t.summary.highRiskNone : t.summary.highRiskUndecided(undecided);
  return (
    <>
      <h3>{t.summary.highRisk}</h3>
      {shown.length === 0 ? <p>{none}</p> : <HighRiskTable view={view} entries={shown} />}
      {rest.length > 0 && (
        <details>
          <summary>{open > 0 ? t.summary.highRiskOpen(open) : t.more(rest.length)}</summary>
          <HighRiskTable view={view} entries={rest} />
        </details>
      )}
      <p class="muted small">{t.summary.highRiskNote}</p>
    </>
  );
}

function HighRiskTable({ view, entries }: { readonly view: View; readonly entries: readonly HighRiskReport[] }) {
  const { t } = view;
  return (
    <div class="scroll">
      <table class="risk">
        <thead>
          <tr>
            <th>{t.summary.situation}</th>
            <th>{t.summary.shownBy}</th>
            <th>{t.summary.mitigation}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr>
              <td>
                <span class={`mark ${riskTone[entry.state]}`}>
                  <Sign tone={riskTone[entry.state]} />
                  {t.highRiskState[entry.state]}
                </span>
                <div class="risk-title">{say(view, entry.title)}</div>
                <div class="muted small">
                  {entry.key} · <a href={`#${anchorOf(`clause-${entry.framework}`, entry.clause)}`}>{entry.clause}</a>
                </div>
              </td>
              <td>
                <FindingLinks view={view} ids={entry.findings} />
              </td>
              <td>
                <Prose view={view} text={entry.mitigation} />
                {entry.mitigatedBy.length > 0 && (
                  <ul class="plain">
                    {entry.mitigatedBy.map(({ check, outcome }) => (
                      <li>
                        <CheckLink view={view} id={check} /> <OutcomeMark outcome={outcome ?? 'error'} t={t} />
                      </li>
                    ))}
                  </ul>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A link where the check has a result in this report, else its id. */
export function CheckLink({ view, id }: { readonly view: View; readonly id: string }) {
  const known = view.report.checks.some((check) => check.id === id);
  return known ? (
    <a href={`#${anchorOf('check', id)}`}>
      <code>{id}</code>
    </a>
  ) : (
    <code>{id}</code>
  );
}

export function FindingLinks({ view, ids }: { readonly view: View; readonly ids: readonly string[] }) {
  if (ids.length === 0) return <span class="muted">{view.t.none}</span>;
  return (
    <ul class="plain">
      {ids.map((id) => (
        <li>
          <a href={`#${anchorOf('finding', id)}`}>
            <code>{id}</code>
          </a>
        </li>
      ))}
    </ul>
  );
}

function FrameworkCard({ view, framework }: { readonly view: View; readonly framework: FrameworkReport }) {
  const { t } = view;
  const rates = framework.headline === 'rates';
  const clauses = clauseOutcomes.map((outcome) => ({
    tone: toneOfClause(outcome),
    word: t.clauseOutcome[outcome],
    count: framework.outcomes[outcome],
  }));
  return (
    <article class="card">
      <h4>
        <a href={`#${framework.id}`}>{say(view, framework.title)}</a>
        <span class="muted small"> {framework.edition}</span>
      </h4>
      <div class="meters">
        {rates ? (
          <Meter
            t={t}
            title={t.summary.conformity}
            basis={t.summary.conformityBasis}
            ratio={framework.conformity}
            percentage
          />
        ) : (
          <Meter
            t={t}
            title={t.summary.exceptions}
            basis={t.summary.exceptionsBasis}
            ratio={{ part: framework.outcomes.not_met, whole: framework.coverage.part }}
            percentage={false}
          />
        )}
        <Meter
          t={t}
          title={t.summary.coverage}
          basis={t.summary.coverageBasis}
          ratio={framework.coverage}
          percentage={rates}
        />
        <Meter
          t={t}
          title={t.summary.confidence}
          basis={t.summary.confidenceBasis}
          ratio={framework.confidence}
          percentage={rates}
        />
      </div>
      <ShareBar label={t.summary.clauses} shares={clauses} />
    </article>
  );
}

function TopActions({ view }: { readonly view: View }) {
  const { report, t } = view;
  const failing = report.checks.filter(({ worst }) => worst === 'fail');
  const shown = failing.slice(0, actionsShown);
  return (
    <>
      <h3>{t.summary.topActions}</h3>
      {shown.length === 0 ? (
        <p>{t.summary.topActionsNone}</p>
      ) : (
        <ol class="actions">
          {shown.map((check) => (
            <li>
              <SeverityMark severity={check.severity} t={t} />
              <div>
                <a href={`#${anchorOf('check', check.id)}`}>
                  <Prose view={view} text={check.title} />
                </a>
                <div>
                  <Prose view={view} text={check.remediation} />
                </div>
                <div class="muted small">{failingSubjects(check).join(t.listSeparator)}</div>
              </div>
            </li>
          ))}
        </ol>
      )}
      {failing.length > shown.length && (
        <p>
          <a href="#findings">{t.more(failing.length - shown.length)}</a>
        </p>
      )}
    </>
  );
}

const failingSubjects = ({ findings }: CheckReport): readonly string[] =>
  findings.filter(({ outcome }) => outcome === 'fail').map(({ subject }) => subject);

/** Control points of one framework against the objects; points no check looks at are left to the framework chapter. */
function HeatMap({ view, framework }: { readonly view: View; readonly framework: FrameworkReport }) {
  const { report, t } = view;
  const looked = framework.sections.filter(({ clauses }) =>
    clauses.some(({ cells }) => cells.some(({ outcome }) => outcome !== undefined)),
  );
  if (looked.length === 0) return null;
  return (
    <>
      <h3>
        {t.summary.heatMap} · {say(view, framework.title)}
      </h3>
      <div class="scroll">
        <table class={`matrix${manyClass(report.scope.subjects)}`}>
          <thead>
            <tr>
              <th>{t.summary.controlPoint}</th>
              {report.scope.subjects.map(({ id, kind }) => (
                <th class="object">
                  <code>{id}</code>
                  <div class="muted small">{t.kind[kind]}</div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {looked.map((section) => (
              <tr>
                <th scope="row">
                  <a href={`#${anchorOf(`section-${framework.id}`, section.section.en)}`}>
                    {say(view, section.section)}
                  </a>
                </th>
                {report.scope.subjects.map(({ id }) => (
                  <MatrixCell view={view} outcome={worstOf(section, id)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted small">{t.summary.heatMapNote}</p>
      <CellLegend
        view={view}
        outcomes={report.scope.subjects.flatMap(({ id }) => looked.map((row) => worstOf(row, id)))}
      />
    </>
  );
}

const worstOf = (section: SectionReport, subject: string) =>
  worstOutcome(
    section.clauses.flatMap(({ cells }) =>
      cells.flatMap((cell) => (cell.subject === subject && cell.outcome !== undefined ? [cell.outcome] : [])),
    ),
  );

/** More objects than this do not fit beside the words of a clause on a page: their columns become narrow in print. */
const manySubjects = 4;

/** More than this do not fit beside them on a screen either. */
const crowdOfSubjects = 8;

/** Class of a section with tables that have a column per object: it is printed on wide pages. */
export const wideClass = (subjects: readonly unknown[]): string => (subjects.length > manySubjects ? ' many' : '');

/** Class of a table with a column for each of these objects. */
export const manyClass = (subjects: readonly unknown[]): string =>
  `${wideClass(subjects)}${subjects.length > crowdOfSubjects ? ' crowd' : ''}`;

interface LegendProps {
  readonly view: View;
  readonly outcomes: readonly ReturnType<typeof worstOutcome>[];
}

/** What the signs of a table say, as its narrow columns have no room for words. */
const CellLegend = ({ view, outcomes }: LegendProps) => (
  <ul class="legend">
    {outcomesWorstFirst
      .filter((outcome) => outcomes.includes(outcome))
      .map((outcome) => (
        <li>
          <Sign tone={toneOf(outcome)} /> {view.t.outcome[outcome]}
        </li>
      ))}
  </ul>
);

/** Result of a row on one object: sign and word, or empty. */
export function MatrixCell({
  view,
  outcome,
}: {
  readonly view: View;
  readonly outcome: ReturnType<typeof worstOutcome>;
}) {
  if (outcome === undefined) return <td class="cell" />;
  return (
    <td class={`cell ${toneOf(outcome)}`}>
      <Sign tone={toneOf(outcome)} />
      <span>{view.t.outcome[outcome]}</span>
    </td>
  );
}
