import type { RecordingRule } from '../model.ts';
import { defaultSite } from '../site/site.ts';
import { recordingGroups } from './groups.ts';

/** Recorded series in evaluation order, as the default site has them: a rule may read those above it. */
export const recordings: readonly RecordingRule[] = recordingGroups(defaultSite).flatMap((group) => group.recordings);
