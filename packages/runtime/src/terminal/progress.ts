import type { Writable } from 'node:stream';
import { isTerminal } from './colour.ts';

/** One step of a long piece of work; call exactly one of done and fail. */
export interface Step {
  update(note: string): void;
  done(note?: string): void;
  fail(note: string): void;
}

export interface Progress {
  step(title: string): Step;
}

/**
 * Progress on stderr. On a terminal each step is one line rewritten with the seconds it has taken so far; elsewhere it
 * is one line when the step ends. `quiet` prints failures only.
 */
export function createProgress(stderr: Writable, options: { readonly quiet?: boolean } = {}): Progress {
  const quiet = options.quiet ?? false;
  const live = isTerminal(stderr) && !quiet;
  return {
    step(title) {
      const startedMs = performance.now();
      let note: string | undefined;
      const seconds = (): string => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
      const line = (mark: string): string => `${mark} ${title}${note === undefined ? '' : `: ${note}`} (${seconds()})`;
      const redraw = (): void => {
        stderr.write(`\r\u001b[2K${line('…')}`);
      };
      // A timer must not keep a finished program alive.
      const timer = live ? setInterval(redraw, 200).unref() : undefined;
      if (live) redraw();
      let ended = false;
      const end = (mark: string, silent: boolean): void => {
        if (ended) return;
        ended = true;
        clearInterval(timer);
        if (!silent) stderr.write(`${live ? '\r\u001b[2K' : ''}${line(mark)}\n`);
      };
      return {
        update(text) {
          note = text;
          if (live && !ended) redraw();
        },
        done(text) {
          note = text;
          end('✓', quiet);
        },
        fail(text) {
          note = text;
          end('✗', false);
        },
      };
    },
  };
}
