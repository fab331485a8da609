import type { AttestationUnit } from '../attestation.ts';
import type { Finding, FindingEvidence } from '../finding.ts';
import type { ManifestFile } from '../manifest.ts';
import { shellQuote } from '../psql-command.ts';
import { registerEvidence } from '../register-evidence.ts';
import type { Text } from '../text.ts';
import type { ObservedAttestation } from './attestation-record.ts';

export interface JudgeOptions {
  readonly cluster: string;
  /** End of the run, ISO 8601 UTC: the only clock. */
  readonly at: string;
  /** The file of the run that holds what was seen of the attestations. */
  readonly filed: Pick<ManifestFile, 'path' | 'sha256'>;
  /** Whether an attestation counts only with the signature of a known key. */
  readonly mustBeSigned: boolean;
}

/**
 * One finding per attestation: `manual` while nobody confirmed it, `stale` once that ran out, `fail` when the record or its
 * document was changed, else what the signer decided. Pure.
 */
export function judgeAttestations(
  units: readonly AttestationUnit[],
  observed: readonly ObservedAttestation[],
  options: JudgeOptions,
): readonly Finding[] {
  return units.map((unit) => {
    const forUnit = observed.filter(({ record }) => record.id === unit.id);
    const own = forUnit.find(({ record }) => record.cluster === options.cluster);
    return judge(unit, own ?? forUnit.find(({ record }) => record.cluster === '*'), options);
  });
}

type Judged = Pick<Finding, 'outcome' | 'reason'> & Partial<Pick<Finding, 'undecided'>>;

function judge(unit: AttestationUnit, observed: ObservedAttestation | undefined, options: JudgeOptions): Finding {
  const { cluster, at } = options;
  const judged = observed === undefined ? missing(unit) : decide(unit, observed, options);
  return {
    id: `${unit.id}/${cluster}`,
    check: unit.id,
    subject: cluster,
    severity: unit.severity,
    ...judged,
    evidence: observed === undefined ? [] : evidenceOf(observed, options),
    params: { validDays: unit.validDays },
    at,
  };
}

const missing = ({ statement }: AttestationUnit): Judged => ({
  outcome: 'manual',
  reason: {
    en: `nobody has confirmed yet: ${statement.en}`,
    zh: `尚无人员确认：${statement.zh}`,
  },
});

function decide(unit: AttestationUnit, observed: ObservedAttestation, options: JudgeOptions): Judged {
  const { record, seal, file } = observed;
  const by: Text = {
    en: `${record.signer} on ${record.signedAt.slice(0, 10)}`,
    zh: `${record.signer}，${record.signedAt.slice(0, 10)}`,
  };
  if (seal === 'broken') {
    return fail(`the attestation ${file} was changed after it was written`, `佐证记录 ${file} 在写入后被更改`);
  }
  if (seal === 'other_key') {
    return fail(
      `the attestation ${file} was signed with a key that is not known: ${observed.keyId ?? ''}`,
      `佐证记录 ${file} 由未知密钥签名：${observed.keyId ?? ''}`,
    );
  }
  const document = documentProblem(observed, options.cluster);
  if (document !== undefined) return document;
  if (seal === 'unsigned' && options.mustBeSigned) {
    return {
      outcome: 'manual',
      reason: { en: `the attestation of ${by.en} is not signed by a known key`, zh: `${by.zh} 的佐证未由已知密钥签名` },
    };
  }
  const today = options.at.slice(0, 10);
  if (today < record.validFrom) {
    return {
      outcome: 'manual',
      reason: {
        en: `the attestation of ${by.en} counts from ${record.validFrom} on`,
        zh: `${by.zh} 的佐证自 ${record.validFrom} 起有效`,
      },
    };
  }
  const end = lastDay(unit, record);
  if (today > end) {
    return {
      outcome: 'stale',
      reason: {
        en: `the attestation of ${by.en} ended ${end}; renew it`,
        zh: `${by.zh} 的佐证已于 ${end} 到期，请续签`,
      },
    };
  }
  return decided(record, by, end);
}

function decided({ decision, note }: ObservedAttestation['record'], by: Text, end: string): Judged {
  const words = note === undefined ? '' : `: ${note}`;
  const until: Text = { en: `${by.en}, until ${end}${words}`, zh: `${by.zh}，有效期至 ${end}${words}` };
  const judged: Readonly<Record<typeof decision, Judged>> = {
    confirmed: { outcome: 'pass', reason: { en: `confirmed by ${until.en}`, zh: `已确认：${until.zh}` } },
    partly: { outcome: 'warn', reason: { en: `confirmed in part by ${until.en}`, zh: `部分确认：${until.zh}` } },
    not_met: { outcome: 'fail', reason: { en: `said not to be met by ${until.en}`, zh: `声明不符合：${until.zh}` } },
    not_applicable: {
      outcome: 'not_applicable',
      reason: { en: `said not to apply by ${until.en}`, zh: `声明不适用：${until.zh}` },
    },
  };
  return judged[decision];
}

/** What is wrong with the document: another content than was signed, or none that can be read. */
function documentProblem({ record, document }: ObservedAttestation, cluster: string): Judged | undefined {
  const signed = record.document;
  if (signed === undefined) return undefined;
  if (document === undefined || document.status === 'unavailable') {
    const message = document?.message ?? `cannot read ${signed.path}`;
    return {
      outcome: 'error',
      reason: { en: `cannot be decided: ${message}`, zh: `无法判定：${message}` },
      undecided: { probe: undefined, subject: cluster, code: 'facts_incomplete', message },
    };
  }
  if (document.sha256 === signed.sha256) return undefined;
  return fail(
    `the document ${document.path} was changed after it was signed: its SHA-256 is ${document.sha256}, not ${signed.sha256}`,
    `佐证文件 ${document.path} 在签署后被更改：SHA-256 为 ${document.sha256}，应为 ${signed.sha256}`,
  );
}

/** Last day it counts: that of the record, but never longer after its signature than the attestation may stand. */
function lastDay({ validDays }: AttestationUnit, { signedAt, validUntil }: ObservedAttestation['record']): string {
  const longest = new Date(Date.parse(signedAt) + validDays * 86_400_000).toISOString().slice(0, 10);
  return validUntil < longest ? validUntil : longest;
}

/** The document that was signed for; without one, what was filed of the attestation. */
function evidenceOf(observed: ObservedAttestation, { cluster, at, filed }: JudgeOptions): readonly FindingEvidence[] {
  const { record, document } = observed;
  if (record.document === undefined || document === undefined || document.status === 'unavailable') {
    const { id, cluster: of } = record;
    const find = `.attestations.observed[] | select(.record | .id == ${JSON.stringify(id)} and .cluster == ${JSON.stringify(of)})`;
    const expected: Text = { en: 'confirmed, and still valid', zh: '已确认且在有效期内' };
    return [registerEvidence({ fact: 'attestation', subject: cluster, find, entry: observed, expected, filed })];
  }
  const { path } = document;
  return [
    {
      fact: 'attestation',
      at: `${record.id}, read ${at}`,
      subject: cluster,
      actual: `${document.sha256}  ${path}`,
      expected: { en: `${record.document.sha256}, as signed`, zh: `签署时为 ${record.document.sha256}` },
      shell: `sha256sum -- ${shellQuote(path)}`,
      command: `sha256sum -- ${shellQuote(path)}`,
      file: filed.path,
      sha256: filed.sha256,
    },
  ];
}

const fail = (en: string, zh: string): Judged => ({ outcome: 'fail', reason: { en, zh } });
