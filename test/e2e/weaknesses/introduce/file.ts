import { chmod, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Heal, Introduce, WeakTarget } from '../weakness.ts';

/** A file of the lab by its path below the lab's directory: `pg-test-1/patroni/patroni.yml`. */
type LabPath = string;

/** What makes a program work with a file that was changed. */
type Apply = (lab: WeakTarget) => Promise<void>;

/** Changes the mode of a file or directory. */
export const mode =
  (path: LabPath, bits: number): Introduce =>
  async ({ directory }) => {
    const file = join(directory, path);
    const { mode: before } = await stat(file);
    await chmod(file, bits);
    return async () => chmod(file, before & 0o7777);
  };

/**
 * Rewrites a text file in place, so that owner and mode stay, and lets `apply` put it to work. Healing brings back the
 * text and the times. Errors: an edit that changes nothing.
 */
export const edit =
  (path: LabPath, change: (text: string) => string, apply: Apply = async () => {}): Introduce =>
  async (lab) => {
    const file = join(lab.directory, path);
    const before = await readFile(file, 'utf8');
    const { atime, mtime } = await stat(file);
    const after = change(before);
    if (after === before) throw new Error(`the edit of ${path} changes nothing: ${before}`);
    const heal: Heal = async () => {
      await writeFile(file, before);
      await utimes(file, atime, mtime);
      await apply(lab);
    };
    await writeFile(file, after);
    try {
      await apply(lab);
    } catch (error) {
      await heal();
      throw error;
    }
    return heal;
  };

/** The first match, replaced. */
export const replaced =
  (from: RegExp | string, to: string) =>
  (text: string): string =>
    text.replace(from, to);

/** Puts lines before everything else. */
export const prepended =
  (...lines: readonly string[]) =>
  (text: string): string =>
    `${lines.join('\n')}\n${text}`;
