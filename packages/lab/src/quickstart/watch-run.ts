import type { Writable } from 'node:stream';
import type { DemoNode } from '../cluster/demo-node.ts';
import type { ChildProgram } from './child-program.ts';
import type { QuickstartTexts } from './texts.ts';

/** What is watched while the user looks around. */
export interface WatchedRun {
  readonly nodes: readonly DemoNode[];
  readonly programs: readonly ChildProgram[];
  readonly texts: QuickstartTexts;
  readonly stderr: Writable;
  readonly signal: AbortSignal;
}

const lookEveryMs = 500;

/** Says once whenever something ends that should not, until the signal aborts. The rest keeps running. */
export async function watchRun(run: WatchedRun): Promise<void> {
  const { nodes, programs, texts, stderr, signal } = run;
  const reported = new Set<string>();
  const look = (): void => {
    for (const program of programs) {
      if (program.end === undefined || reported.has(program.name)) continue;
      reported.add(program.name);
      const how = program.end.signal ?? `exit code ${String(program.end.code)}`;
      stderr.write(`${texts.childEnded(program.name, how, program.logFile)}\n${program.lastLines(5)}\n`);
    }
    for (const node of nodes) {
      if (node.isRunning || reported.has(node.name)) continue;
      reported.add(node.name);
      stderr.write(`${texts.serverEnded(node.name, node.logFile)}\n`);
    }
  };
  const timer = setInterval(look, lookEveryMs);
  try {
    if (!signal.aborted) {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
    }
  } finally {
    clearInterval(timer);
  }
}
