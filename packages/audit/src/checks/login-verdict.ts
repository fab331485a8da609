import type { ShellEvidence } from '../check.ts';
import type { FactId } from '../facts.ts';
import type { LoginFact, LoginTry } from '../login-fact.ts';
import type { Text } from '../text.ts';
import { complaint, type Complaint } from './complaints.ts';
import { shellWord } from './node-evidence.ts';

/** A port where a stranger was tried, and what it is called. */
export interface TriedPort {
  readonly fact: FactId;
  readonly login: LoginFact;
  /** `service primary` of a balancer; empty where the subject says it. */
  readonly name: string;
  /** How a printed command says host and port: `{host}` and `{port}` of the subject, or words. */
  readonly host: string;
  readonly port: string;
}

/** What was found at one port. */
export interface PortJudgement {
  readonly complaints: readonly Complaint[];
  readonly unknown: readonly Text[];
  readonly evidence: ShellEvidence;
}

/** Turned away before, or for reasons other than, who it is: such a refusal says nothing about logins. */
const isOtherRefusal = ({ sqlState, message }: LoginTry): boolean =>
  /^(?:3D000|53300|57P0[1-5])$/u.test(sqlState ?? '') ||
  /no such database|no more connections|too many|shutting down|server conn|disabled|not supported/iu.test(
    message ?? '',
  );

const strangerName = 'pgattest_stranger';
const missingRole = `role "${strangerName}" does not exist`;

/** `psql` as a role that nobody has; the words are those of an English server. */
const psqlAsStranger = ({ host, port, login: { database } }: TriedPort, environment: string): string =>
  `PGCONNECT_TIMEOUT=10 ${environment} psql -X -At -w -h ${host} -p ${port} -U ${strangerName} -d ${shellWord(database)} -c 'SELECT 1' 2>&1`;

/** A wrong password, and no password where none is asked for, must not open the port. */
export function judgeStranger(port: TriedPort): PortJudgement {
  const { plain, wrong } = port.login;
  const isOpen = [plain, wrong].some(({ first, proof }) => first === 'open' || proof === 'accepted');
  const evidence: ShellEvidence = {
    fact: port.fact,
    at: `${prefix(port)}login of an unknown role with a wrong password`,
    shell: `${psqlAsStranger(port, 'PGPASSWORD=wrong PGSSLMODE=prefer')} | grep -qE '^1$|${missingRole}' && echo 'let in' || echo refused`,
    actual: isOpen ? 'let in' : 'refused',
    expected: { en: 'refused', zh: 'refused' },
  };
  if (isOpen) {
    const how = [plain, wrong].some(({ first }) => first === 'open') ? 'without any question' : 'with a wrong password';
    return {
      complaints: [
        complaint(
          'fail',
          `${prefix(port)}an unknown role is let in ${how}`,
          `${prefix(port)}未知账号${how === 'with a wrong password' ? '使用错误口令' : '无需凭据'}即可通过鉴别`,
          evidence,
        ),
      ],
      unknown: [],
      evidence,
    };
  }
  return { complaints: [], unknown: isOtherRefusal(wrong) ? [refusedOtherwise(port, wrong)] : [], evidence };
}

/** Without encryption a port from the network must turn a client away before it asks for a password. */
export function judgePlaintext(port: TriedPort): PortJudgement {
  const { plain, overLoopback } = port.login;
  const isAsked = plain.first !== 'refused';
  const evidence: ShellEvidence = {
    fact: port.fact,
    at: `${prefix(port)}unencrypted login of an unknown role, without a password`,
    shell: `${psqlAsStranger(port, 'PGSSLMODE=disable PGGSSENCMODE=disable')} | grep -qE 'no password supplied|${missingRole}' && echo asked || echo refused`,
    actual: isAsked ? 'asked' : 'refused',
    expected: { en: 'refused', zh: 'refused' },
  };
  if (isAsked && overLoopback) {
    const unknown = {
      en: `${prefix(port)}the auditor is on the same host, where unencrypted logins cross no network; audit from another host`,
      zh: `${prefix(port)}审计程序与其位于同一主机，明文登录未经过网络，请从其他主机审计`,
    };
    return { complaints: [], unknown: [unknown], evidence };
  }
  if (isAsked) {
    const en =
      plain.first === 'open'
        ? 'a client is let in without encryption and without a password'
        : `the password exchange (${plain.method ?? 'unknown'}) begins without encryption`;
    const zh = plain.first === 'open' ? '未加密且无需口令即可登录' : '未加密即开始口令交换';
    return {
      complaints: [complaint('fail', `${prefix(port)}${en}`, `${prefix(port)}${zh}`, evidence)],
      unknown: [],
      evidence,
    };
  }
  return { complaints: [], unknown: isOtherRefusal(plain) ? [refusedOtherwise(port, plain)] : [], evidence };
}

const prefix = ({ name }: TriedPort): string => (name === '' ? '' : `${name}: `);

const refusedOtherwise = (port: TriedPort, { message }: LoginTry): Text => ({
  en: `${prefix(port)}it was refused for another reason (${message ?? 'none given'})`,
  zh: `${prefix(port)}因其他原因被拒绝（${message ?? '未说明'}）`,
});
