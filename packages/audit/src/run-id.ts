import { randomBytes } from 'node:crypto';

/** A new run id: `20261121T203319Z-1a2b3c4d`. */
export const newRunId = (now: Date): string =>
  `${now.toISOString().replaceAll(/[-:]|\.\d+/gu, '')}-${randomBytes(4).toString('hex')}`;
