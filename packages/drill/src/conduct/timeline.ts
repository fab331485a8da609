import type { CertificateStep } from '../certificate/certificate.ts';
import { messageOf } from '../errors.ts';
import { secondsOf, type Clock } from './clock.ts';

/** Told about every step as it begins and ends: progress on the terminal. */
export interface StepWatcher {
  begin(title: string): { end(outcome: 'done' | 'failed', detail: string | undefined): void };
}

/** Measures the steps of a drill. */
export interface Timeline {
  /** Runs and measures one step; `note` says what was found. A throw marks the step failed and goes on up. */
  run<T>(id: string, title: string, work: (note: (detail: string) => void) => Promise<T>): Promise<T>;
  /** A moment that was observed rather than done: starts at `sinceMs` of the clock, ends now. */
  mark(id: string, title: string, sinceMs: number, detail?: string): void;
  steps(): readonly CertificateStep[];
  secondsOf(id: string): number | undefined;
}

/** Makes an empty timeline. */
export function createTimeline(clock: Clock, watcher: StepWatcher): Timeline {
  const steps: CertificateStep[] = [];
  const add = (step: Omit<CertificateStep, 'detail'>, detail: string | undefined): void => {
    steps.push(detail === undefined ? step : { ...step, detail });
  };
  return {
    async run(id, title, work) {
      const started = clock.now().toISOString();
      const fromMs = clock.elapsedMs();
      const watched = watcher.begin(title);
      let detail: string | undefined;
      const end = (outcome: 'done' | 'failed'): void => {
        add({ id, title, started, seconds: secondsOf(clock.elapsedMs() - fromMs), outcome }, detail);
        watched.end(outcome, detail);
      };
      try {
        const result = await work((text) => {
          detail = text;
        });
        end('done');
        return result;
      } catch (error) {
        detail ??= messageOf(error);
        end('failed');
        throw error;
      }
    },
    mark(id, title, sinceMs, detail) {
      const ms = clock.elapsedMs() - sinceMs;
      const started = new Date(clock.now().getTime() - ms).toISOString();
      add({ id, title, started, seconds: secondsOf(ms), outcome: 'done' }, detail);
      watcher.begin(title).end('done', detail);
    },
    steps: () => steps.toSorted((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : 0)),
    secondsOf: (id) => steps.find((step) => step.id === id)?.seconds,
  };
}
