import type { Evidence, Verdict } from '../check.ts';
import type { Text } from '../text.ts';
import { verdictOf, type Complaint } from './complaints.ts';

export { complaint as complain, type Complaint } from './complaints.ts';

const bare = (text: string): string => text.replaceAll('经核查，', '').replaceAll('，符合要求', '');

/** As verdictOf of complaints.ts, which takes its place. */
export const judgeComplaints = (complaints: readonly Complaint[], good: Text, evidence: readonly Evidence[]): Verdict =>
  verdictOf({ complaints, good: { en: good.en, zh: bare(good.zh) }, evidence });
