import { anchorOf } from '../format.ts';
import type { ClauseReport, FrameworkReport, SectionReport } from '../model.ts';
import { clauseOutcomes } from '../outcomes.ts';
import { ClauseMark, ShareBar, Sign, toneOf, toneOfClause } from './marks.tsx';
import { Meter } from './meter.tsx';
import { CheckLink, manyClass, MatrixCell, wideClass } from './summary.tsx';
import { Prose, say, type View } from './view.tsx';

interface FrameworkProps {
  readonly view: View;
  readonly framework: FrameworkReport;
}

/** One framework: its numbers, then every clause with its judgement and its state on each object. */
export function FrameworkChapter({ view, framework }: FrameworkProps) {
  const { t } = view;
  const rates = framework.headline === 'rates';
  return (
    <section id={framework.id} class={`framework${wideClass(view.report.scope.subjects)}`}>
      <h2>
        {say(view, framework.title)} <span class="muted">{framework.edition}</span>
      </h2>
      {rates ? (
        <div class="meters wide">
          <Meter
            t={t}
            title={t.summary.conformity}
            basis={t.summary.conformityBasis}
            ratio={framework.conformity}
            percentage
          />
          <Meter
            t={t}
            title={t.summary.coverage}
            basis={t.summary.coverageBasis}
            ratio={framework.coverage}
            percentage
          />
          <Meter
            t={t}
            title={t.summary.confidence}
            basis={t.summary.confidenceBasis}
            ratio={framework.confidence}
            percentage
          />
        </div>
      ) : (
        <p class="note">{t.framework.noPercentage}</p>
      )}
      <ShareBar
        label={t.summary.clauses}
        shares={clauseOutcomes.map((outcome) => ({
          tone: toneOfClause(outcome),
          word: t.clauseOutcome[outcome],
          count: framework.outcomes[outcome],
        }))}
      />
      <h3>{t.framework.applicability}</h3>
      <p class="muted">
        {t.framework.applicabilityNote} {t.framework.ownWords}
      </p>
      {chaptersOf(framework).map((sections) => (
        <ChapterTable view={view} framework={framework} sections={sections} />
      ))}
    </section>
  );
}

/** Sections in a row that share a chapter; a framework without chapters is one group. */
function chaptersOf({ sections }: FrameworkReport): readonly (readonly SectionReport[])[] {
  const names = [...new Set(sections.map(({ chapter }) => chapter?.en))];
  return names.map((name) => sections.filter(({ chapter }) => chapter?.en === name));
}

/** Clauses against the objects that at least one of them looks at. */
function ChapterTable({ view, framework, sections }: FrameworkProps & { readonly sections: readonly SectionReport[] }) {
  const { report, t } = view;
  const looked = new Set(
    sections.flatMap(({ clauses }) =>
      clauses.flatMap(({ cells }) => cells.flatMap(({ subject, outcome }) => (outcome === undefined ? [] : [subject]))),
    ),
  );
  const subjects = report.scope.subjects.filter(({ id }) => looked.has(id));
  const chapter = sections[0]?.chapter;
  return (
    <>
      {chapter !== undefined && <h3 class="chapter">{say(view, chapter)}</h3>}
      <div class="scroll">
        <table class={`matrix clauses${manyClass(subjects)}`}>
          <thead>
            <tr>
              <th class="clause-col">{t.framework.clause}</th>
              <th class="requirement-col">{t.framework.requirement}</th>
              <th class="judgement-col">{t.framework.judgement}</th>
              {subjects.map(({ id }) => (
                <th class="object">
                  <code>{id}</code>
                </th>
              ))}
            </tr>
          </thead>
          {sections.map((section) => (
            <tbody id={anchorOf(`section-${framework.id}`, section.section.en)}>
              {section.section.en !== chapter?.en && (
                <tr class="section-row">
                  <th colSpan={3 + subjects.length} scope="rowgroup">
                    {say(view, section.section)}
                  </th>
                </tr>
              )}
              {section.clauses.map((clause) => (
                <tr
                  class="filterable"
                  id={anchorOf(`clause-${framework.id}`, clause.id)}
                  dangerouslySetInnerHTML={view.later(<ClauseCells view={view} clause={clause} looked={looked} />)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

interface ClauseProps {
  readonly view: View;
  readonly clause: ClauseReport;
  /** Objects that have a column. */
  readonly looked: ReadonlySet<string>;
}

/** What stands in the row of a clause. */
function ClauseCells({ view, clause, looked }: ClauseProps) {
  const { t } = view;
  return (
    <>
      <th scope="row" class="clause-col">
        {clause.id}
        {clause.unit !== undefined && <div class="unit">{clause.unit}</div>}
      </th>
      <td>
        <div class="clause-title">{say(view, clause.title)}</div>
        <ClauseChecks view={view} clause={clause} />
        {clause.manual.length > 0 && (
          <div class="clause-line">
            <span class="muted">{t.framework.manual}</span>{' '}
            {clause.manual.map((item) => (
              <>
                <Prose view={view} text={item} />{' '}
              </>
            ))}
          </div>
        )}
        {clause.aliases !== undefined && (
          <div class="clause-line">
            <span class="muted">{t.framework.aliases}</span> <span lang="en">{clause.aliases.join('; ')}</span>
          </div>
        )}
        {clause.highRisk !== undefined && (
          <div class="clause-line">
            <span class="muted">{t.framework.highRisk}</span> {clause.highRisk.join(t.listSeparator)}
          </div>
        )}
      </td>
      <td class="judgement-col">
        <ClauseMark outcome={clause.outcome} t={t} />
        <div class="small">
          <Prose view={view} text={clause.reason} />
        </div>
        <div class="muted small">
          {t.framework.decidedBy}
          {t.colon}
          {t.decidedBy[clause.decidedBy]}
        </div>
      </td>
      {clause.cells
        .filter(({ subject }) => looked.has(subject))
        .map(({ outcome }) => (
          <MatrixCell view={view} outcome={outcome} />
        ))}
    </>
  );
}

/** More than this many checks are folded behind their number. */
const checksShown = 8;

/** The checks behind a clause, each with its present state. */
function ClauseChecks({ view, clause }: { readonly view: View; readonly clause: ClauseReport }) {
  const { report, t } = view;
  if (clause.checks.length === 0) return null;
  const list = clause.checks.map((id) => {
    const worst = report.checks.find((check) => check.id === id)?.worst;
    return (
      <span class="check-ref">
        <Sign tone={worst === undefined ? 'open' : toneOf(worst)} />
        <CheckLink view={view} id={id} />{' '}
      </span>
    );
  });
  if (clause.checks.length <= checksShown) {
    return (
      <div class="clause-line">
        <span class="muted">{t.framework.checks}</span> {list}
      </div>
    );
  }
  return (
    <details class="clause-line">
      <summary>
        {t.framework.checks} {clause.checks.length}
      </summary>
      {list}
    </details>
  );
}
