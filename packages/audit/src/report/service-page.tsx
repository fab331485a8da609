import type { ComponentChildren } from 'preact';
import type { Language } from '../text.ts';
import { anchorOf, formatTime } from './format.ts';
import { renderDocument } from './html/document.tsx';
import { ClauseMark, OutcomeMark, SeverityMark, ShareBar, Sign, toneOf, toneOfClause } from './html/marks.tsx';
import { messagesOf } from './i18n/messages-of.ts';
import type { Messages } from './i18n/messages.ts';
import type { Report } from './model.ts';
import { clauseOutcomes, outcomesWorstFirst } from './outcomes.ts';

/** One audited cluster as the service knows it. */
export interface ServiceCluster {
  readonly cluster: string;
  /** Newest run that came to its end. */
  readonly report?: Report;
  /** Newest attempt; `error` says why it did not come to its end. */
  readonly attempt?: { readonly endedAt: string; readonly durationMs: number; readonly error?: string };
  /** An audit of it runs at this moment. */
  readonly isRunning: boolean;
  /** When the next one starts, ISO 8601 UTC; absent when none is planned. */
  readonly nextRunAt?: string;
  /** The verdicts are older than they should be. */
  readonly isOverdue: boolean;
  /** Where its report is served, per language and as JSON. */
  readonly links: { readonly html: Readonly<Record<Language, string>>; readonly json: string };
}

export interface ServicePage {
  /** Present moment, ISO 8601 UTC: ages are counted from it. */
  readonly now: string;
  readonly version: string;
  readonly metricsHref: string;
  readonly clusters: readonly ServiceCluster[];
}

const refreshSeconds = 60;
const findingsShown = 12;

/** The auditor's page: per cluster how old the verdicts are, what they are, what fails, and what could not be seen. */
export function renderServicePage(page: ServicePage, language: Language): string {
  const t = messagesOf(language);
  return renderDocument({
    tag: t.tag,
    title: `pgattest · ${t.service.title}`,
    refreshSeconds,
    children: (
      <div class="service">
        <header class="service-head">
          <h1>
            pgattest <span class="sub">{t.service.title}</span>
          </h1>
          <nav class="links">
            <a href={page.metricsHref}>{t.service.metrics}</a>
            <a href={`?lang=${language === 'en' ? 'zh' : 'en'}`}>{t.otherLanguage}</a>
          </nav>
        </header>
        {page.clusters.length === 0 && <p>{t.service.noClusters}</p>}
        {page.clusters.map((cluster) => (
          <ClusterCard cluster={cluster} now={page.now} language={language} t={t} />
        ))}
        <footer class="muted small">
          pgattest {page.version} · {t.service.refreshed(formatTime(page.now))}
        </footer>
      </div>
    ),
  });
}

interface CardProps {
  readonly cluster: ServiceCluster;
  readonly now: string;
  readonly language: Language;
  readonly t: Messages;
}

function ClusterCard({ cluster, now, language, t }: CardProps) {
  const { report, attempt, links } = cluster;
  return (
    <article class="cluster" id={anchorOf('cluster', cluster.cluster)}>
      <div class="cluster-head">
        <h2>{cluster.cluster}</h2>
        {report !== undefined && (
          <nav class="links">
            <a href={links.html[language]}>{t.service.report}</a>
            <a href={links.json}>{t.service.json}</a>
          </nav>
        )}
      </div>
      <dl class="clocks">
        <Clock name={t.service.lastRun}>{report === undefined ? t.service.never : formatTime(report.finishedAt)}</Clock>
        {report !== undefined && (
          <Clock name={t.service.age}>
            <span class={cluster.isOverdue ? 'late' : ''}>
              {durationText(Date.parse(now) - Date.parse(report.finishedAt), t)}
              {cluster.isOverdue && ` (${t.service.overdue})`}
            </span>
          </Clock>
        )}
        {attempt !== undefined && <Clock name={t.service.duration}>{durationText(attempt.durationMs, t)}</Clock>}
        <Clock name={t.service.nextRun}>
          {cluster.isRunning
            ? t.service.running
            : cluster.nextRunAt === undefined
              ? t.none
              : formatTime(cluster.nextRunAt)}
        </Clock>
      </dl>
      {attempt?.error !== undefined && (
        <div class="verdict bad">
          <Sign tone="bad" />
          <div>
            <p>{t.service.failedRun(formatTime(attempt.endedAt))}</p>
            <p class="raw">{attempt.error}</p>
          </div>
        </div>
      )}
      {report !== undefined && <Verdicts cluster={cluster} report={report} language={language} t={t} />}
    </article>
  );
}

function Clock({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Verdicts({ cluster, report, language, t }: Omit<CardProps, 'now'> & { readonly report: Report }) {
  const failing = report.checks.flatMap((check) =>
    check.findings.filter(({ outcome }) => outcome === 'fail').map((finding) => ({ check, finding })),
  );
  const href = cluster.links.html[language];
  const { silent } = report.scope.reconciliation;
  const single = report.method.limits.filter(({ subject }) => !silent.includes(subject));
  return (
    <>
      <ShareBar
        label={t.summary.results}
        shares={outcomesWorstFirst.map((outcome) => ({
          tone: toneOf(outcome),
          word: t.outcome[outcome],
          count: report.totals.outcomes[outcome],
        }))}
      />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>{t.text.framework}</th>
              {clauseOutcomes.map((outcome) => (
                <th class="number">{t.clauseOutcome[outcome]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.frameworks.map((framework) => (
              <tr>
                <th scope="row">
                  <a href={`${href}#${framework.id}`}>{framework.title[language]}</a>{' '}
                  <span class="muted small">{framework.edition}</span>
                </th>
                {clauseOutcomes.map((outcome) => (
                  <td class={`number ${framework.outcomes[outcome] > 0 ? toneOfClause(outcome) : 'zero'}`}>
                    {framework.outcomes[outcome]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(silent.length > 0 || single.length > 0) && (
        <>
          <h3>{t.service.unreachable}</h3>
          <ul class="plain">
            {silent.map((subject) => (
              <li>
                <ClauseMark outcome="not_assessed" t={t} /> <code>{subject}</code> {t.scope.noAnswer}
                {t.colon}
                <span class="raw">{report.method.limits.find((limit) => limit.subject === subject)?.message}</span>
              </li>
            ))}
            {single.map(({ subject, probe, code, message }) => (
              <li>
                <ClauseMark outcome="not_assessed" t={t} /> <code>{subject}</code> <code>{probe}</code>{' '}
                {t.undecidedCode[code]}
                <span class="raw">{message}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>
        {t.service.failing} {failing.length > 0 && <span class="muted">{failing.length}</span>}
      </h3>
      {failing.length === 0 ? (
        <p>{t.service.nothingFailing}</p>
      ) : (
        <div class="scroll">
          <table>
            <tbody>
              {failing.slice(0, findingsShown).map(({ check, finding }) => (
                <tr>
                  <td class="tight">
                    <OutcomeMark outcome={finding.outcome} t={t} />
                  </td>
                  <td class="tight">
                    <SeverityMark severity={finding.severity} t={t} />
                  </td>
                  <td>
                    <a href={`${href}#${anchorOf('finding', finding.id)}`}>{check.title[language]}</a>
                    <div class="small">{finding.reason[language]}</div>
                  </td>
                  <td>
                    <code>{finding.subject}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {failing.length > findingsShown && (
        <p>
          <a href={`${href}#findings`}>{t.more(failing.length - findingsShown)}</a>
        </p>
      )}
    </>
  );
}

/** In the largest whole unit: `45 s`, `12 min`, `3 h`, `2 days`. */
function durationText(ms: number, t: Messages): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return t.service.seconds(seconds);
  if (seconds < 2 * 3600) return t.service.minutes(Math.floor(seconds / 60));
  if (seconds < 48 * 3600) return t.service.hours(Math.floor(seconds / 3600));
  return t.service.days(Math.floor(seconds / 86400));
}
