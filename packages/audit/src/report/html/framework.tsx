import { anchorOf } from '../format.ts';
import type { ClauseReport, FrameworkReport, SectionReport } from '../model.ts';
import { clauseOutcomes } from '../outcomes.ts';
import { ClauseMark, ShareBar, toneOfClause } from './marks.tsx';
import { Meter } from './meter.tsx';
import { CheckLink, MatrixCell } from './summary.tsx';
import { say, type View } from './view.ts';

interface FrameworkProps {
  readonly view: View;
  readonly framework: FrameworkReport;
}

/** One framework: its numbers, then every clause with its judgement and its state on each object. */
export function FrameworkChapter({ view, framework }: FrameworkProps) {
  const { t } = view;
  const rates = framework.headline === 'rates';
  return (
    <section id={framework.id} class="framework">
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
      {framework.sections.map((section, index) => (
        <SectionBlock
          view={view}
          framework={framework}
          section={section}
          newChapter={framework.sections[index - 1]?.chapter?.en !== section.chapter?.en}
        />
      ))}
    </section>
  );
}

interface SectionProps extends FrameworkProps {
  readonly section: SectionReport;
  readonly newChapter: boolean;
}

function SectionBlock({ view, framework, section, newChapter }: SectionProps) {
  const { report, t } = view;
  const { subjects } = report.scope;
  return (
    <>
      {newChapter && section.chapter !== undefined && <h3 class="chapter">{say(view, section.chapter)}</h3>}
      <div class="scroll">
        <table class="matrix clauses" id={anchorOf(`section-${framework.id}`, section.section.en)}>
          <caption>{say(view, section.section)}</caption>
          <thead>
            <tr>
              <th class="clause-col">{t.framework.clause}</th>
              <th>{t.framework.requirement}</th>
              <th class="judgement-col">{t.framework.judgement}</th>
              {subjects.map(({ id }) => (
                <th class="object">
                  <code>{id}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {section.clauses.map((clause) => (
              <ClauseRow view={view} framework={framework} clause={clause} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function ClauseRow({ view, framework, clause }: FrameworkProps & { readonly clause: ClauseReport }) {
  const { t } = view;
  return (
    <tr class="filterable" id={anchorOf(`clause-${framework.id}`, clause.id)}>
      <th scope="row" class="clause-col">
        {clause.id}
        {clause.unit !== undefined && <div class="unit">{clause.unit}</div>}
      </th>
      <td>
        <div class="clause-title">{say(view, clause.title)}</div>
        {clause.checks.length > 0 && (
          <div class="clause-line">
            <span class="muted">{t.framework.checks}</span>{' '}
            {clause.checks.map((id) => (
              <>
                <CheckLink view={view} id={id} />{' '}
              </>
            ))}
          </div>
        )}
        {clause.manual.length > 0 && (
          <div class="clause-line">
            <span class="muted">{t.framework.manual}</span> {clause.manual.map((item) => say(view, item)).join(' ')}
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
        <div class="small">{say(view, clause.reason)}</div>
        <div class="muted small">
          {t.framework.decidedBy}
          {t.colon}
          {t.decidedBy[clause.decidedBy]}
        </div>
      </td>
      {clause.cells.map(({ outcome }) => (
        <MatrixCell view={view} outcome={outcome} />
      ))}
    </tr>
  );
}
