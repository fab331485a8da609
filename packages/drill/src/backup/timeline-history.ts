import { segmentOfLsn } from '@pgattest/connect';

/** One line of a timeline history file: the timeline that was left, and the segment in which it ended. */
export interface TimelineSwitch {
  readonly parent: number;
  readonly segment: number;
}

/** The content of `0000000N.history`, oldest switch first; comments and blank lines are left out. */
export function parseTimelineHistory(content: string, segmentBytes: number): readonly TimelineSwitch[] {
  return content.split('\n').flatMap((line) => {
    const [, parent = '', lsn = ''] = /^\s*(\d+)\s+([0-9A-Fa-f]+\/[0-9A-Fa-f]+)/.exec(line) ?? [];
    const segment = segmentOfLsn(lsn, segmentBytes);
    return segment === undefined ? [] : [{ parent: Number(parent), segment }];
  });
}
