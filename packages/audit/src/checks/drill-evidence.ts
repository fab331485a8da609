import type { ShellEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { nodeEvidence } from './node-evidence.ts';

type Record = FactMap['records.drill-certificates'][number];

/** Outcome and end of one certificate, on the auditor's own host. */
export const drillEvidence = ({ id, outcome, finished }: Record): ShellEvidence =>
  nodeEvidence(
    'records.drill-certificates',
    `certificate ${id}`,
    `jq -r '"\\(.certificate.outcome) \\(.certificate.finished)"' {drills}/${id}.json`,
    `${outcome} ${finished}`,
    { en: 'passed, lately, and verified', zh: '近期通过且验证有效' },
  );

/** That there is no certificate. */
export const countEvidence = (): ShellEvidence =>
  nodeEvidence(
    'records.drill-certificates',
    'certificates of restores',
    `cat {drills}/*.json 2>/dev/null | jq -r 'select(.certificate.kind == "restore" or .certificate.kind == "pitr") | .certificate.id'`,
    '',
    {
      en: 'one at least',
      zh: '至少一份',
    },
  );
