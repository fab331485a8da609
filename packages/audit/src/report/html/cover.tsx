import { formatTime } from '../format.ts';
import { Sign } from './marks.tsx';
import { say, type View } from './view.tsx';

/** Identity of the report and its verdict in words. */
export function Cover({ view }: { readonly view: View }) {
  const { report, t } = view;
  const { header, tool } = report;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t.cover.organisation, header.organisation],
    [t.cover.system, header.system],
    [t.cover.grade, header.grade],
    [t.cover.filingNumber, header.filingNumber],
    [t.cover.classification, header.classification],
    [t.cover.owner, header.owner],
    [t.cover.requester, header.requester],
    [t.cover.operator, header.operator],
  ];
  const stated = facts.filter(([, value]) => value !== undefined);
  return (
    <header class="cover" id="top">
      <p class="eyebrow">
        {t.reportTitle}
        {header.classification !== undefined && <span class="label">{header.classification}</span>}
      </p>
      <h1>
        {header.system ?? report.cluster}
        {header.system !== undefined && <span class="sub"> {report.cluster}</span>}
      </h1>
      <VerdictLine view={view} />
      <dl class="identity">
        <dt>{t.cover.cluster}</dt>
        <dd>
          <code>{report.cluster}</code>
        </dd>
        {stated.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
        <dt>{t.cover.collected}</dt>
        <dd>
          <time datetime={report.startedAt}>{formatTime(report.startedAt)}</time>
          {' – '}
          <time datetime={report.finishedAt}>{formatTime(report.finishedAt)}</time>
        </dd>
        <dt>{t.cover.run}</dt>
        <dd>
          <code>{report.runId}</code>
        </dd>
        <dt>{t.cover.tool}</dt>
        <dd>
          {tool.name} {tool.version}
        </dd>
        <dt>{t.cover.rules}</dt>
        <dd>
          {t.cover.ruleCount(report.totals.checks, report.frameworks.length)}
          {report.frameworks.map(({ title, edition }) => (
            <span class="edition">
              {say(view, title)}, {edition}
            </span>
          ))}
        </dd>
        <dt>{t.cover.digest}</dt>
        <dd>
          <code class="hash">{report.evidence.digest}</code>
        </dd>
        {report.evidence.merkleRoot !== undefined && (
          <>
            <dt>{t.cover.merkleRoot}</dt>
            <dd>
              <code class="hash">{report.evidence.merkleRoot}</code>
            </dd>
          </>
        )}
      </dl>
      <p class="muted small">{t.cover.pointInTime}</p>
    </header>
  );
}

function VerdictLine({ view: { report, t } }: { readonly view: View }) {
  const { outcomes, results, highRisk } = report.totals;
  const undecided = outcomes.error + outcomes.stale + outcomes.insufficient_data + outcomes.manual;
  const decided = outcomes.pass + outcomes.warn + outcomes.fail + outcomes.excepted;
  const tone = outcomes.fail > 0 ? 'bad' : decided === 0 || undecided > 0 ? 'open' : 'good';
  const main =
    outcomes.fail > 0
      ? t.verdict.failing(outcomes.fail, results)
      : decided === 0
        ? t.verdict.nothingDecided
        : t.verdict.noneFailing;
  return (
    <div class={`verdict ${tone}`}>
      <Sign tone={tone} />
      <div>
        <p class="verdict-main">
          {highRisk > 0 && <strong>{t.verdict.highRisk(highRisk)} </strong>}
          {main}
        </p>
        {(undecided > 0 || outcomes.excepted > 0) && (
          <p class="small">
            {undecided > 0 && <span>{t.verdict.undecided(undecided)} </span>}
            {outcomes.excepted > 0 && <span>{t.verdict.excepted(outcomes.excepted)}</span>}
          </p>
        )}
      </div>
    </div>
  );
}
