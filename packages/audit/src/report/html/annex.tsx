import type { ComponentChildren } from 'preact';
import { anchorOf, formatCount, formatTime } from '../format.ts';
import type { ChainPlace } from '../model.ts';
import { byText, clauseOutcomes, outcomesWorstFirst } from '../outcomes.ts';
import { ClauseMark, OutcomeMark } from './marks.tsx';
import { FindingLinks } from './summary.tsx';
import type { View } from './view.tsx';

/** Register of exceptions: none is hidden, unused and expired ones included. */
export function WaiversChapter({ view }: { readonly view: View }) {
  const { report, t } = view;
  return (
    <section id="waivers">
      <h2>{t.chapters.waivers}</h2>
      {report.waivers.length === 0 ? (
        <p>{t.waivers.none}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>{t.waivers.id}</th>
                <th>{t.waivers.scope}</th>
                <th>{t.waivers.reason}</th>
                <th>{t.waivers.owner}</th>
                <th>{t.waivers.approval}</th>
                <th>{t.waivers.until}</th>
                <th>{t.waivers.state}</th>
                <th>{t.waivers.covers}</th>
              </tr>
            </thead>
            <tbody>
              {report.waivers.map((waiver) => (
                <tr id={anchorOf('waiver', waiver.id)}>
                  <td class="tight">
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
                  <td class="tight">{t.waiverState[waiver.state]}</td>
                  <td>
                    <FindingLinks view={view} ids={waiver.findings} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** What is different from the run before. */
export function ChangesChapter({ view }: { readonly view: View }) {
  const { t } = view;
  const { changes } = view.report;
  return (
    <section id="changes">
      <h2>{t.chapters.changes}</h2>
      {changes === undefined ? (
        <p>{t.changes.noPrevious}</p>
      ) : (
        <>
          <p>{t.changes.since(changes.previousRunId)}</p>
          <table class="facts">
            <tbody>
              {([t.changes.appeared, t.changes.resolved, t.changes.lost, t.changes.remaining] as const).map(
                (name, index) => {
                  const ids = [changes.appeared, changes.resolved, changes.lost, changes.remaining][index] ?? [];
                  return (
                    <tr>
                      <th scope="row">{name}</th>
                      <td class="number">{ids.length}</td>
                      <td>
                        <FindingLinks view={view} ids={ids} />
                      </td>
                    </tr>
                  );
                },
              )}
              {changes.reopened === undefined ? undefined : (
                <tr>
                  <th scope="row">{t.changes.reopened}</th>
                  <td class="number">{changes.reopened.length}</td>
                  <td>
                    <FindingLinks view={view} ids={changes.reopened} />
                  </td>
                </tr>
              )}
            </tbody>
          </table>
          <FirstSeen view={view} firstSeen={changes.firstSeen ?? {}} />
        </>
      )}
    </section>
  );
}

/** Since when what fails now is known, oldest first. */
function FirstSeen({ view, firstSeen }: { readonly view: View; readonly firstSeen: Readonly<Record<string, string>> }) {
  const days = new Map<string, string[]>();
  for (const [id, at] of Object.entries(firstSeen)) {
    const day = at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), id]);
  }
  if (days.size === 0) return undefined;
  return (
    <>
      <h3>{view.t.changes.firstSeen}</h3>
      <table class="facts">
        <tbody>
          {[...days]
            .toSorted(([a], [b]) => byText(a, b))
            .map(([day, ids]) => (
              <tr>
                <th scope="row">{day}</th>
                <td class="number">{ids.length}</td>
                <td>
                  <FindingLinks view={view} ids={ids} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}

/** Commands that check an evidence folder against the digest and hashes printed here. */
const verifyCommands = [
  `jq -S 'del(.digest)' manifest.json | sha256sum`,
  `jq -r '.files[] | "\\(.sha256)  \\(.path)"' manifest.json | sha256sum -c`,
];

/** Hashes by which the run is found and verified: its manifest, its files, and its place in the chain. */
function ChainPlaceList({ view }: { readonly view: View }) {
  const { report, t } = view;
  const { digest, merkleRoot, chain } = report.evidence;
  return (
    <>
      <dl class="identity">
        <HashRow name={t.cover.digest} hash={digest} />
        {merkleRoot !== undefined && <HashRow name={t.evidence.merkleRoot} hash={merkleRoot} />}
        {chain !== undefined && (
          <>
            <HashRow name={t.evidence.record} hash={chain.sha256}>
              {t.evidence.recordOf(chain.sequence, formatTime(chain.filedAt))}
            </HashRow>
            <HashRow name={t.evidence.previous} hash={chain.previous} none={t.evidence.first} />
            <HashRow name={t.evidence.key} hash={chain.keyId} none={t.evidence.notSigned} />
          </>
        )}
      </dl>
      {chain === undefined ? (
        <p class="note">{t.evidence.noRecord}</p>
      ) : (
        <>
          <p class="small">
            <b class="run-in">{t.evidence.verifyChain}</b>
          </p>
          <pre class="copy">{verifyChain(report.cluster, chain)}</pre>
        </>
      )}
    </>
  );
}

/** Signatures are asked for where there is one. */
const verifyChain = (cluster: string, { sha256, keyId }: ChainPlace): string =>
  [
    `pgattest audit verify {evidence} --cluster ${cluster}`,
    ...(keyId === undefined ? [] : ['--public-key {audit.key.pub}']),
    `--expect-head ${sha256}`,
  ].join(' ');

interface HashRowProps {
  readonly name: string;
  readonly hash: string | undefined;
  /** What stands where there is no hash. */
  readonly none?: string;
  readonly children?: ComponentChildren;
}

const HashRow = ({ name, hash, none, children }: HashRowProps) => (
  <>
    <dt>{name}</dt>
    <dd>
      {children !== undefined && <div>{children}</div>}
      {hash === undefined ? none : <code class="hash">{hash}</code>}
    </dd>
  </>
);

export function EvidenceChapter({ view }: { readonly view: View }) {
  const { report, t } = view;
  return (
    <section id="evidence">
      <h2>{t.chapters.evidence}</h2>
      <p>{t.evidence.intro}</p>
      <ChainPlaceList view={view} />
      <p class="small">
        <b class="run-in">{t.evidence.verify}</b>
      </p>
      <pre class="copy">{verifyCommands.join('\n')}</pre>
      <div class="scroll">
        <table class="index">
          <thead>
            <tr>
              <th>{t.evidence.id}</th>
              <th>{t.evidence.file}</th>
              <th>{t.evidence.status}</th>
              <th class="number">{t.evidence.size}</th>
              <th class="number">{t.evidence.usedBy}</th>
              <th>{t.evidence.sha256}</th>
            </tr>
          </thead>
          <tbody>
            {report.evidence.files.map(({ id, path, status, sizeBytes, usedBy, sha256 }) => (
              <tr id={id}>
                <td class="tight">{id}</td>
                <td>
                  <code>{path}</code>
                </td>
                <td class="tight">{status === undefined ? '' : t.evidence[status]}</td>
                <td class="number">{formatCount(sizeBytes)}</td>
                <td class="number">{usedBy}</td>
                <td>
                  <code class="hash">{sha256}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function GlossaryChapter({ view: { t } }: { readonly view: View }) {
  return (
    <section id="glossary">
      <h2>{t.chapters.glossary}</h2>
      <div class="columns">
        <div>
          <h3>{t.glossary.outcomes}</h3>
          <dl class="glossary">
            {outcomesWorstFirst.map((outcome) => (
              <>
                <dt>
                  <OutcomeMark outcome={outcome} t={t} />
                </dt>
                <dd>{t.glossary.outcomeMeaning[outcome]}</dd>
              </>
            ))}
          </dl>
        </div>
        <div>
          <h3>{t.glossary.clauseOutcomes}</h3>
          <dl class="glossary">
            {clauseOutcomes.map((outcome) => (
              <>
                <dt>
                  <ClauseMark outcome={outcome} t={t} />
                </dt>
                <dd>{t.glossary.clauseMeaning[outcome]}</dd>
              </>
            ))}
          </dl>
          <h3>{t.glossary.numbers}</h3>
          <dl class="glossary">
            <dt>{t.summary.conformity}</dt>
            <dd>{t.summary.conformityBasis}</dd>
            <dt>{t.summary.coverage}</dt>
            <dd>{t.summary.coverageBasis}</dd>
            <dt>{t.summary.confidence}</dt>
            <dd>{t.summary.confidenceBasis}</dd>
          </dl>
        </div>
      </div>
    </section>
  );
}

export function SignaturesChapter({ view: { report, t } }: { readonly view: View }) {
  const signatories: readonly (readonly [string, string | undefined])[] = [
    [t.cover.operator, report.header.operator],
    [t.cover.reviewer, report.header.reviewer],
    [t.cover.approver, report.header.approver],
  ];
  return (
    <section id="signatures">
      <h2>{t.chapters.signatures}</h2>
      <p class="muted">{t.signatures.note}</p>
      <div class="signatures">
        {signatories.map(([role, name]) => (
          <div class="signature">
            <div class="role">{role}</div>
            <div class="line">{name}</div>
            <div class="muted small">{t.signatures.name}</div>
            <div class="line" />
            <div class="muted small">{t.signatures.date}</div>
          </div>
        ))}
      </div>
    </section>
  );
}
