import { anchorOf, formatTime } from '../format.ts';
import { say } from '../html/view.tsx';
import type { Sample } from '../../history/period/sample.ts';
import { Table } from './chapters.tsx';
import { Note, type PeriodView } from './period-view.tsx';
import { words } from './words.ts';

interface Props {
  readonly view: PeriodView;
}

/** Samples of each population, with what is needed to draw them again. */
export function SamplesChapter({ view }: Props) {
  const { samples } = view.report;
  return (
    <section id="samples">
      <h2>{say(view, words.samples)}</h2>
      <Note view={view} text={words.samplesNote} />
      <dl class="identity">
        <dt>{say(view, words.seed)}</dt>
        <dd>
          <code>{samples.seed}</code>
        </dd>
        <dt>{say(view, words.size)}</dt>
        <dd>{samples.size}</dd>
        <dt>{say(view, words.sampleByHand)}</dt>
        <dd>
          <code>{`printf '%s\\n%s' ${shellWord(samples.seed)} {id} | sha256sum`}</code>
        </dd>
      </dl>
      <SampleList view={view} name={say(view, words.sampleOfRuns)} sample={samples.runs} />
      <SampleList view={view} name={say(view, words.sampleOfObjects)} sample={samples.objects} />
      <SampleList view={view} name={say(view, words.sampleOfFindings)} sample={samples.findings} />
    </section>
  );
}

const shellWord = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function SampleList({ view, name, sample }: Props & { readonly name: string; readonly sample: Sample }) {
  return (
    <>
      <h3>
        {name}{' '}
        <span class="muted">
          {sample.ids.length} / {sample.population}
        </span>
      </h3>
      {sample.ids.length === 0 ? (
        <p class="muted">{view.t.none}</p>
      ) : (
        <ol class="sample">
          {sample.ids.map((id) => (
            <li>
              <code>{id}</code>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** Every run the report rests on, and how to verify it. */
export function EvidenceIndex({ view }: Props) {
  const { evidence, runs, cluster } = view.report;
  const { head } = evidence;
  return (
    <section id="evidence" class="calendar">
      <h2>{say(view, words.evidence)}</h2>
      <dl class="identity">
        <dt>{say(view, words.store)}</dt>
        <dd>
          <code>{evidence.store}</code>
        </dd>
        <dt>{say(view, words.chainHead)}</dt>
        <dd>
          {say(view, words.record)} {head.sequence}, {say(view, words.filedAt)} {formatTime(head.filedAt)}{' '}
          <code class="hash">{head.sha256}</code>
        </dd>
        <dt>{say(view, words.signedBy)}</dt>
        <dd>
          {evidence.keyIds.length === 0
            ? say(view, words.notSigned)
            : evidence.keyIds.map((id) => <code class="hash line">{id}</code>)}
        </dd>
        <dt>{say(view, words.rulesUsed)}</dt>
        <dd>
          {evidence.rules.map(({ version, sha256, firstAt }) => (
            <div>
              {version} <code class="hash">{sha256}</code>{' '}
              <span class="muted small">
                {say(view, words.since)} {formatTime(firstAt)}
              </span>
            </div>
          ))}
        </dd>
      </dl>
      <p class="small">
        <b class="run-in">{say(view, words.verifyByHand)}</b>
      </p>
      <pre class="copy">{`pgattest audit verify --cluster ${cluster} --public-key {audit.key.pub} --expect-head ${head.sha256}`}</pre>
      {evidence.notes.length > 0 && (
        <>
          <h3>{say(view, words.notes)}</h3>
          <ul>
            {evidence.notes.map((note) => (
              <li class="raw">{note}</li>
            ))}
          </ul>
        </>
      )}
      {evidence.reevaluations.length > 0 && (
        <>
          <h3>{say(view, words.reevaluations)}</h3>
          <ul>
            {evidence.reevaluations.map(({ sequence, runId, filedAt, changes }) => (
              <li>
                {say(view, words.record)} {sequence}, {formatTime(filedAt)}
                {view.t.colon}
                <code>{runId}</code>, {changes} {say(view, words.results)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{say(view, words.runs)}</h3>
      <Table
        head={[
          say(view, words.record),
          say(view, words.run),
          view.t.outcome.fail,
          view.t.outcome.error,
          say(view, words.files),
          `SHA-256: ${say(view, words.record)}; ${say(view, words.manifest)}; ${say(view, words.merkleRoot)}; ${say(view, words.signedBy)}`,
        ]}
      >
        {runs.map((run) => (
          <tr id={anchorOf('run', run.runId)}>
            <td class="number">{run.sequence}</td>
            <td>
              <code>{run.runId}</code>
              <div class="small">{formatTime(run.finishedAt)}</div>
              <div class="small">
                {say(view, run.problem === undefined ? words.verified : words.broken)} · {run.rules.version}{' '}
                {run.rules.sha256.slice(0, 8)}
              </div>
            </td>
            <td class="number">{run.fail}</td>
            <td class="number">{run.undecided}</td>
            <td class="number">{run.files}</td>
            <td>
              {[run.record, run.manifest, run.merkleRoot, run.keyId ?? say(view, words.notSigned)].map((hash) => (
                <code class="hash line">{hash}</code>
              ))}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
