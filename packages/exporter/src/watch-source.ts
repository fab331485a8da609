import type { Logger } from '@pgattest/runtime';
import { failureOf } from './failure.ts';
import type { TargetSource } from './target-source.ts';

/** Whether the connection string is another one now; one that cannot be read or used changes nothing and is logged once. */
export function watchSource(source: TargetSource, logger: Logger, onMoved: () => void): () => Promise<boolean> {
  let isReadable = true;
  return async () => {
    try {
      const hasMoved = await source.refresh();
      if (hasMoved || !isReadable) logger.info('connection string read', { changed: hasMoved });
      isReadable = true;
      if (hasMoved) onMoved();
      return hasMoved;
    } catch (error) {
      if (isReadable)
        logger.warn('connection string is unusable, the last one stands', { reason: failureOf(error).message });
      isReadable = false;
      return false;
    }
  };
}
