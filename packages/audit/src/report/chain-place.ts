import type { SealedRecord } from '../evidence/record.ts';
import type { ChainPlace, Report } from './model.ts';

/** Place of a run in the chain, as a reader needs it to find the run again. */
export const chainPlaceOf = ({ record, sha256, signature }: SealedRecord): ChainPlace => ({
  sequence: record.sequence,
  sha256,
  ...(record.previous === undefined ? {} : { previous: record.previous }),
  filedAt: record.filedAt,
  ...(signature === undefined ? {} : { keyId: signature.keyId }),
});

/** The report with the place of its run; without a record it stays as it is. */
export const placedInChain = (report: Report, sealed: SealedRecord | undefined): Report =>
  sealed === undefined ? report : { ...report, evidence: { ...report.evidence, chain: chainPlaceOf(sealed) } };
