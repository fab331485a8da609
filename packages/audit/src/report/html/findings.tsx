import type { Finding, FindingEvidence } from '../../finding.ts';
import { anchorOf, formatTime } from '../format.ts';
import type { CheckReport } from '../model.ts';
import { withoutName } from '../same-reason.ts';
import { remediesOf, type Remedy } from '../remedies.ts';
import { OutcomeMark, SeverityMark, toneOf } from './marks.tsx';
import { Prose, say, type View } from './view.tsx';

/** Lines of printed output shown in the report; the evidence file has the rest. */
const outputLines = 40;

/** Every check with its results: those that need attention open, passed and not applicable ones folded. */
export function FindingsChapter({ view }: { readonly view: View }) {
  const { report, t } = view;
  const quiet = report.checks.filter(({ worst }) => worst === 'pass' || worst === 'not_applicable');
  const loud = report.checks.filter((check) => !quiet.includes(check));
  return (
    <section id="findings">
      <h2>{t.chapters.findings}</h2>
      <p>{t.findings.intro}</p>
      <h3>{t.findings.open(loud.length)}</h3>
      {loud.filter(isShown).map((check) => (
        <article
          class={`check filterable ${toneOf(check.worst)}`}
          id={anchorOf('check', check.id)}
          dangerouslySetInnerHTML={view.later(
            <>
              <CheckHead view={view} check={check} />
              <CheckBody view={view} check={check} />
            </>,
          )}
        />
      ))}
      {loud
        .filter((check) => !isShown(check))
        .map((check) => (
          <FoldedCheck view={view} check={check} />
        ))}
      <h3>{t.findings.passed(quiet.length)}</h3>
      {quiet.map((check) => (
        <FoldedCheck view={view} check={check} />
      ))}
    </section>
  );
}

/** Something was seen that asks for action; a check that merely could not be decided is folded. */
const isShown = ({ findings }: CheckReport): boolean =>
  findings.some(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'excepted');

function FoldedCheck({ view, check }: { readonly view: View; readonly check: CheckReport }) {
  return (
    <details
      class={`check filterable ${toneOf(check.worst)}`}
      id={anchorOf('check', check.id)}
      dangerouslySetInnerHTML={view.later(
        <>
          <summary>
            <CheckHead view={view} check={check} />
          </summary>
          <CheckBody view={view} check={check} />
        </>,
      )}
    />
  );
}

function CheckHead({ view, check }: { readonly view: View; readonly check: CheckReport }) {
  const { t } = view;
  return (
    <div class="check-head">
      <div class="check-marks">
        <OutcomeMark outcome={check.worst} t={t} />
        <SeverityMark severity={check.severity} t={t} />
      </div>
      <h4>
        <Prose view={view} text={check.title} />
      </h4>
      <div class="check-id">
        <code>{check.id}</code>
        <span class="muted small">{check.catalogue.join(' ')}</span>
      </div>
    </div>
  );
}

function CheckBody({ view, check }: { readonly view: View; readonly check: CheckReport }) {
  const { t } = view;
  return (
    <div class="check-body">
      <p>
        <b class="run-in">{t.findings.why}</b> <Prose view={view} text={check.rationale} />
      </p>
      {groupsOf(check.findings).map((group) => (
        <FindingBlock view={view} group={group} />
      ))}
      <div class="remedy">
        <p>
          <b class="run-in">{t.findings.remediation}</b> <Prose view={view} text={check.remediation} />
        </p>
        <RemedyLines view={view} fix={check.fix} />
      </div>
      <p class="small">
        <b class="run-in">{t.findings.clauses}</b>{' '}
        {check.clauses.length === 0 ? (
          <span class="muted">{t.findings.noClause}</span>
        ) : (
          <ClauseLinks view={view} check={check} />
        )}
      </p>
    </div>
  );
}

/** The fix step by step, and the same settings as Patroni and Pigsty take them. */
function RemedyLines({ view, fix }: { readonly view: View; readonly fix: readonly string[] }) {
  const { steps, managed } = remediesOf(fix);
  return (
    <>
      <RemedyBlocks view={view} remedies={steps} />
      {managed.length > 0 && (
        <p class="small">
          <b class="run-in">{view.t.findings.managed}</b>
        </p>
      )}
      <RemedyBlocks view={view} remedies={managed} />
    </>
  );
}

function RemedyBlocks({ view: { t }, remedies }: { readonly view: View; readonly remedies: readonly Remedy[] }) {
  if (remedies.length === 0) return null;
  return (
    <div class="console remedies">
      {remedies.map(({ tool, lines }) => (
        <>
          <div class="console-label">{t.findings.tool[tool]}</div>
          <pre class="copy" aria-label={`${t.findings.fix}${t.colon}${t.findings.tool[tool]}`}>
            {lines.join('\n')}
          </pre>
        </>
      ))}
    </div>
  );
}

function ClauseLinks({ view, check }: { readonly view: View; readonly check: CheckReport }) {
  return (
    <>
      {view.report.frameworks
        .map(({ id, title }) => ({ id, title, clauses: check.clauses.filter(({ framework }) => framework === id) }))
        .filter(({ clauses }) => clauses.length > 0)
        .map(({ id, title, clauses }) => (
          <span class="clause-group">
            {say(view, title)}{' '}
            {clauses.map(({ clause }) => (
              <a class="tag" href={`#${anchorOf(`clause-${id}`, clause)}`}>
                {clause}
              </a>
            ))}
          </span>
        ))}
    </>
  );
}

/** Findings of one check, those together that could not be decided for the same reason but for the name of their object. */
function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = finding.undecided === undefined ? finding.id : sameReason(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

type Group = readonly [Finding, ...Finding[]];

function sameReason({ outcome, reason, subject, params, evidence }: Finding): string {
  return JSON.stringify([outcome, withoutName(reason.en, subject), params, evidence]);
}

function FindingBlock({ view, group }: { readonly view: View; readonly group: Group }) {
  const { t } = view;
  const [finding] = group;
  const params = Object.entries(finding.params);
  const isSaid = finding.undecided !== undefined && finding.reason.en.includes(finding.undecided.message);
  return (
    <div class={`finding ${toneOf(finding.outcome)}`}>
      <div class="finding-head">
        <OutcomeMark outcome={finding.outcome} t={t} />
        {group.map(({ id, subject }) => (
          <code class="subject" id={anchorOf('finding', id)}>
            {subject}
          </code>
        ))}
        <span class="reason">
          <Prose view={view} text={finding.reason} />
        </span>
      </div>
      {finding.waived !== undefined && (
        <p class="small">
          <a href={`#${anchorOf('waiver', finding.waived.waiver)}`}>
            {t.findings.waivedFrom(finding.waived.outcome, finding.waived.waiver)}
          </a>
        </p>
      )}
      {finding.undecided !== undefined && !isSaid && (
        <p class="small">
          <b class="run-in">{t.findings.because}</b> {t.undecidedCode[finding.undecided.code]}
          {t.colon}
          {finding.undecided.probe !== undefined && (
            <>
              <code>{finding.undecided.probe}</code> @ <code>{finding.undecided.subject}</code>
            </>
          )}
          <span class="raw">{finding.undecided.message}</span>
        </p>
      )}
      {finding.evidence.length === 0 && finding.outcome === 'error' && (
        <p class="muted small">{t.findings.noEvidence}</p>
      )}
      {finding.evidence.map((evidence) => (
        <EvidenceBlock view={view} evidence={evidence} finding={finding} />
      ))}
      <p class="finding-foot">
        {t.findings.at} <time datetime={finding.at}>{formatTime(finding.at)}</time>
        {' · '}
        <code>{group.map(({ id }) => id).join(', ')}</code>
        {params.length > 0 && (
          <>
            {' · '}
            {t.findings.parameters}{' '}
            <code>{params.map(([name, value]) => `${name} = ${JSON.stringify(value)}`).join('; ')}</code>
          </>
        )}
      </p>
    </div>
  );
}

interface EvidenceProps {
  readonly view: View;
  readonly evidence: FindingEvidence;
  readonly finding: Finding;
}

/** Observed against expected, the command, and exactly what it prints. */
function EvidenceBlock({ view, evidence, finding }: EvidenceProps) {
  const { report, t } = view;
  const file = report.evidence.files.find(({ path }) => path === evidence.file);
  const lines = evidence.actual.split('\n');
  const shown = lines.length > outputLines ? lines.slice(0, outputLines) : lines;
  return (
    <div class="evidence">
      <div class="evidence-at">
        <code>{evidence.at}</code>
        {evidence.subject !== finding.subject && <code class="subject">{evidence.subject}</code>}
        <span>
          <span class="muted">{t.findings.expected}</span> <Prose view={view} text={evidence.expected} />
        </span>
      </div>
      <div class="console">
        <div class="console-label">{t.findings.command}</div>
        <pre class="copy">{evidence.command}</pre>
        <div class="console-label">{t.findings.prints}</div>
        <pre class="output">
          {evidence.actual === '' ? <i>{t.findings.printsEmpty}</i> : shown.join('\n')}
          {lines.length > shown.length && <i>{`\n${t.findings.truncated(lines.length - shown.length)}`}</i>}
        </pre>
      </div>
      <div class="evidence-file">
        {t.findings.file} {file === undefined ? <code>{evidence.file}</code> : <a href={`#${file.id}`}>{file.id}</a>}{' '}
        {file !== undefined && <code>{evidence.file}</code>} <code class="hash">{evidence.sha256}</code>
      </div>
    </div>
  );
}
