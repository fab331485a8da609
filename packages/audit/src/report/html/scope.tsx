import { componentKinds } from '../../inventory/subjects.ts';
import { Topology } from './topology.tsx';
import { say, type View } from './view.tsx';

/** What was looked at, and how it compares with what was declared. */
export function ScopeChapter({ view }: { readonly view: View }) {
  const { report, t } = view;
  const { subjects, declared } = report.scope;
  const unexamined = componentKinds.filter((kind) => subjects.every((subject) => subject.kind !== kind));
  return (
    <section id="scope">
      <h2>{t.chapters.scope}</h2>
      <p>{t.scope.sentence(report.cluster, declared)}</p>
      <h3>{t.scope.diagram}</h3>
      <Topology view={view} />
      <h3>{t.scope.inventory}</h3>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>{t.scope.object}</th>
              <th>{t.scope.kind}</th>
              <th>{t.scope.role}</th>
              <th>{t.scope.version}</th>
              <th>{t.scope.systemIdentifier}</th>
              <th>{t.scope.observations}</th>
            </tr>
          </thead>
          <tbody>
            {subjects.map((subject) => (
              <tr>
                <td>
                  <code>{subject.id}</code>
                  {subject.connect !== undefined && <div class="connect">{subject.connect}</div>}
                </td>
                <td class="tight">{t.kind[subject.kind]}</td>
                <td class="tight">{subject.kind === 'instance' ? t.role[subject.role ?? 'unknown'] : ''}</td>
                <td>{subject.version ?? (subject.kind === 'instance' ? t.role.unknown : '')}</td>
                <td class="fixed">
                  <code>{subject.systemIdentifier}</code>
                </td>
                <td>
                  {subject.kind === 'cluster'
                    ? ''
                    : t.scope.observed(subject.observations.ok, subject.observations.unavailable)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t.scope.reconciliation}</h3>
      <Reconciliation view={view} />
      {unexamined.length > 0 && <p class="note">{t.scope.notExamined(unexamined)}</p>}
    </section>
  );
}

function Reconciliation({ view }: { readonly view: View }) {
  const { report, t } = view;
  const { declared, reconciliation } = report.scope;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [t.scope.silent, reconciliation.silent],
    [
      t.scope.undeclaredStandbys,
      reconciliation.undeclared.map(({ name, address, from }) => `${name} (${address}), ${t.scope.from} ${from}`),
    ],
    [t.scope.unseen, reconciliation.unseen],
    [t.scope.unlisted, reconciliation.unlisted],
    // Where nobody was asked there is no row: none would claim that they agree.
    ...(reconciliation.differences === undefined
      ? []
      : [[t.scope.differences, reconciliation.differences.map((difference) => say(view, difference))] as const]),
  ];
  return (
    <table class="facts">
      <tbody>
        <tr>
          <th scope="row">{t.scope.declared}</th>
          <td class="number">{declared}</td>
          <td />
        </tr>
        <tr>
          <th scope="row">{t.scope.answering}</th>
          <td class="number">{reconciliation.answering.length}</td>
          <td>{reconciliation.answering.join(t.listSeparator)}</td>
        </tr>
        {rows.map(([name, entries]) => (
          <tr>
            <th scope="row">{name}</th>
            <td class="number">{entries.length}</td>
            <td>{entries.length === 0 ? <span class="muted">{t.none}</span> : entries.join(t.listSeparator)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
