import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg, release, totalmem } from 'node:os';

/** The machine in one line. */
export function describeMachine() {
  const model = /^model name\s*: (.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? process.arch;
  const [load] = loadavg();
  return `${availableParallelism()} cores (${model}), ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, Linux ${release()}, Node ${process.versions.node}, load average at the start ${load?.toFixed(1)}`;
}
