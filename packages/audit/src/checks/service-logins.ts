import { notApplicable, type Verdict } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { verdictOf } from './complaints.ts';
import type { PortJudgement, TriedPort } from './login-verdict.ts';
import { shellWord } from './node-evidence.ts';

/**
 * A verdict over the logins tried at every declared service; one that did not answer leaves it open.
 *
 * @param good what is true when nothing is wrong, by the number of services that answered
 */
export function judgeServiceLogins(
  services: FactMap['haproxy.login-attempts'],
  judge: (port: TriedPort) => PortJudgement,
  good: (count: number) => Text,
): Verdict {
  if (services.length === 0) {
    return notApplicable({ en: 'no service is declared', zh: '未声明任何服务，本项不适用' });
  }
  const judged = services.flatMap(({ service: { name, host, port }, login }) =>
    login === null
      ? []
      : [judge({ fact: 'haproxy.login-attempts', login, name, host: shellWord(host), port: String(port) })],
  );
  const silent = services.flatMap(({ service: { name }, problem }) =>
    problem === null ? [] : [{ en: `${name} did not answer: ${problem}`, zh: `${name} 未应答：${problem}` }],
  );
  return verdictOf({
    complaints: judged.flatMap(({ complaints }) => complaints),
    unknown: [...judged.flatMap(({ unknown }) => unknown), ...silent],
    good: good(judged.length),
    evidence: judged.map(({ evidence }) => evidence),
  });
}
