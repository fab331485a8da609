import { formatTime } from '../format.ts';
import type { Method } from '../model.ts';
import { CheckLink } from './summary.tsx';
import type { View } from './view.tsx';

/** How the evidence was gathered, and what is missing from it. */
export function MethodChapter({ view }: { readonly view: View }) {
  const { report, t } = view;
  const { probes, limits, overrides } = report.method;
  return (
    <section id="method">
      <h2>{t.chapters.method}</h2>
      <p>{t.method.intro}</p>
      <h3 id="limits">{t.method.limits}</h3>
      {limits.length === 0 ? (
        <p>{t.method.limitsNone}</p>
      ) : (
        <>
          <p>{t.method.limitsNote}</p>
          <div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>{t.scope.object}</th>
                  <th>{t.method.probe}</th>
                  <th>{t.method.reason}</th>
                  <th>{t.method.at}</th>
                </tr>
              </thead>
              <tbody>
                {limitGroups(limits).map(({ probes: unread, subject, code, message, at }) => (
                  <tr>
                    <td class="tight">
                      <code>{subject}</code>
                    </td>
                    <td>
                      {unread.map((probe) => (
                        <code class="probe-ref">{probe}</code>
                      ))}
                    </td>
                    <td>
                      {t.undecidedCode[code]}
                      <div class="raw">{message}</div>
                    </td>
                    <td class="tight">{formatTime(at)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <h3>{t.method.overrides}</h3>
      {overrides.length === 0 ? (
        <p>{t.method.overridesNone}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{t.method.check}</th>
              <th>{t.method.parameter}</th>
              <th>{t.method.value}</th>
              <th>{t.method.usual}</th>
            </tr>
          </thead>
          <tbody>
            {overrides.map(({ check, parameter, value, usual }) => (
              <tr>
                <td>
                  <CheckLink view={view} id={check} />
                </td>
                <td>
                  <code>{parameter}</code>
                </td>
                <td>
                  <code>{value}</code>
                </td>
                <td>
                  <code>{usual}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>{t.method.probe}</h3>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>{t.method.probe}</th>
              <th>{t.method.reads}</th>
              <th>{t.method.privilege}</th>
              <th class="number">{t.method.ok}</th>
              <th class="number">{t.method.unavailable}</th>
            </tr>
          </thead>
          <tbody>
            {probes.map(({ id, title, privilege, ok, unavailable }) => (
              <tr>
                <td class="tight">
                  <code>{id}</code>
                </td>
                <td lang="en">{title}</td>
                <td lang="en">{privilege}</td>
                <td class="number">{ok}</td>
                <td class="number">{unavailable}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type Limit = Method['limits'][number];

/** Limits of one object with the same cause as one row: a host without facts leaves out forty probes at once. */
function limitGroups(limits: readonly Limit[]): readonly (Limit & { readonly probes: readonly string[] })[] {
  const groups = new Map<string, [Limit, ...Limit[]]>();
  for (const limit of limits) {
    const key = [limit.subject, limit.code, limit.message.replaceAll(limit.probe, '…')].join('\n');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [limit]);
    else group.push(limit);
  }
  return [...groups.values()].map((group) => ({ ...group[0], probes: group.map(({ probe }) => probe) }));
}
