import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../errors.ts';
import { waitFor } from '../process/wait.ts';
import { callLab } from './control/client.ts';
import { labDirectory, labFiles, lockLab, removeLabDirectory } from './lab-directory.ts';
import { endProcessesOf, processesOf } from './sweep.ts';

/**
 * Ends a lab, whatever state it is in, and removes everything of it; true when there was something. One that is being
 * started is told to go first, and whoever starts it cleans up. Errors: start_failed when a process will not go, usage
 * when another process keeps changing the lab.
 */
export async function endLab(name: string): Promise<boolean> {
  const existed = existsSync(labDirectory(name));
  const unlock = await lockWhenGiven(name);
  try {
    return (await clearLab(name)) || existed;
  } finally {
    unlock();
  }
}

const patienceMs = 30_000;

async function lockWhenGiven(name: string): Promise<() => void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return lockLab(name);
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await askToGo(name);
    await sleep(200);
  }
}

async function askToGo(name: string): Promise<void> {
  try {
    await callLab(join(labDirectory(name), labFiles.control), 'down', {}, { timeoutMs: 3_000 });
  } catch {
    // Not there yet, or not any more.
  }
}

/** As `endLab`, for whoever holds the lock. */
export async function clearLab(name: string): Promise<boolean> {
  const directory = labDirectory(name);
  const existed = existsSync(directory);
  try {
    await callLab(join(directory, labFiles.control), 'down', {}, { timeoutMs: 3_000 });
    // In namespaces everything goes with the supervisor; on loopback it ends the others first.
    await waitFor(() => (processesOf(directory).length === 0 ? true : undefined), { timeoutMs: 5_000, everyMs: 50 });
  } catch {
    // Nobody there to be asked, or deaf: what follows does not ask.
  }
  const left = await endProcessesOf(directory);
  if (left.length > 0) {
    throw new LabError(
      'start_failed',
      `processes of lab ${name} do not end: ${left.join(', ')}; kill them, then run down again`,
    );
  }
  await removeLabDirectory(name);
  return existed;
}
