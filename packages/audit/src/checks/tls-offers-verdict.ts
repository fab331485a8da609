import { notApplicable, type Evidence, type Verdict } from '../check.ts';
import type { FactId } from '../facts.ts';
import type { Text } from '../text.ts';
import { clientHello, helloCommand, helloLine } from '../tls-hello.ts';
import type { TlsOffersFact } from '../tls-offers-fact.ts';
import { suiteName, tlsOffers } from '../tls-suites.ts';
import { complaint, verdictOf, type Complaint } from './complaints.ts';
import { shellWord } from './node-evidence.ts';

/** One port as it answered, or why it did not. */
export interface OfferedPort {
  readonly name: string;
  readonly offers: TlsOffersFact | null;
  /** IANA name of the suite that a client of today gets, where that is known. */
  readonly usual?: string | undefined;
}

/** Judges the answers of ports to hellos that they should decline. */
export function judgeTlsOffers(fact: FactId, ports: readonly OfferedPort[], without: Text): Verdict {
  const offering = ports.filter(({ offers }) => offers !== null && offers.answers !== null);
  const silent = ports.filter(({ offers }) => offers === null);
  if (offering.length === 0 && silent.length === 0) return notApplicable(without);
  const evidence = offering.flatMap(({ offers }) => (offers === null ? [] : evidenceOf(fact, offers)));
  const strange = offering.filter(
    ({ offers }) => offers?.answers?.some(({ answer }) => answer.kind === 'other') === true,
  );
  return verdictOf({
    complaints: offering.flatMap(complaintsOf),
    unknown: [
      ...silent.map(({ name }) => ({ en: `${name} did not answer`, zh: `${name} 未响应` })),
      ...strange.map(({ name }) => ({
        en: `${name} answered with something else than TLS`,
        zh: `${name} 的应答不是 TLS`,
      })),
    ],
    good: {
      en: `${offering.map(({ name }) => name).join(', ')} declined broken suites, suites without forward secrecy and weak curves`,
      zh: `${offering.map(({ name }) => name).join('、')} 拒绝了不安全套件、无前向保密套件与弱曲线`,
    },
    evidence,
  });
}

function complaintsOf({ name, offers, usual }: OfferedPort): readonly Complaint[] {
  const accepted = (offers?.answers ?? []).flatMap(({ offer, answer }): readonly Complaint[] => {
    if (answer.kind !== 'suite') return [];
    const suite = suiteName(answer.suite);
    if (offer === 'broken') return [complaint('fail', `${name} accepts ${suite}`, `${name} 接受 ${suite}`)];
    if (offer === 'curves') {
      return [complaint('fail', `${name} accepts curves below 112 bits`, `${name} 接受强度低于 112 位的曲线`)];
    }
    return [
      complaint('warn', `${name} accepts ${suite}, without forward secrecy`, `${name} 接受无前向保密的 ${suite}`),
    ];
  });
  const isCbc = usual?.includes('_CBC_') === true;
  return isCbc
    ? [...accepted, complaint('warn', `${name} has nothing better than ${usual}`, `${name} 最优仅支持 ${usual}`)]
    : accepted;
}

const expected: Readonly<Record<string, Text>> = {
  broken: { en: 'an alert: NULL, anonymous, export, RC4, DES and 3DES are declined', zh: '告警（拒绝不安全套件）' },
  static: { en: 'an alert: suites without forward secrecy are declined', zh: '告警（拒绝无前向保密套件）' },
  curves: { en: 'an alert: curves below 112 bits are declined', zh: '告警（拒绝强度低于 112 位的曲线）' },
};

function evidenceOf(fact: FactId, { host, port, startsWith, serverName, answers }: TlsOffersFact): readonly Evidence[] {
  return tlsOffers.flatMap((offer): readonly Evidence[] => {
    const seen = answers?.find((item) => item.offer === offer.kind);
    return seen === undefined
      ? []
      : [
          {
            fact,
            at: `answer of ${host}:${port} to the offer “${offer.kind}”`,
            actual: helloLine(seen.answer),
            expected: expected[offer.kind] ?? { en: 'an alert', zh: '告警' },
            shell: helloCommand(clientHello(offer, serverName ?? undefined), {
              host: shellWord(host),
              port: String(port),
              startsWith,
            }),
          },
        ];
  });
}
