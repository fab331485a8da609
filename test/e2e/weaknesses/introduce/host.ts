import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Introduce } from '../weakness.ts';
import { runOn } from './run-on.ts';
import { until } from './until.ts';

/**
 * Another text of a file below /etc, whether the machine has that file or not, on a layer above /etc in the lab's own mount
 * namespace: the machine itself keeps what it has. All hosts of the lab see it; only one is looked at.
 */
export const etcFile =
  (host: string, path: string, change: (text: string) => string): Introduce =>
  async (lab) => {
    const layer = join(lab.directory, 'etc-layer');
    const heal = async (): Promise<void> => {
      const script = `umount -l /etc; umount -l ${layer}; rmdir ${layer}`;
      await runOn(lab, host, ['sh', '-c', script]);
    };
    // An upper layer may not lie on an overlay, which the root of a container is; memory always works.
    const script = [
      `set -e; mkdir -m 0700 ${layer}; mount -t tmpfs none ${layer}; mkdir ${layer}/upper ${layer}/work`,
      `chmod 0755 ${layer}/upper`,
      `mount -t overlay none -o lowerdir=/etc,upperdir=${layer}/upper,workdir=${layer}/work /etc`,
    ].join('; ');
    await runOn(lab, host, ['sh', '-c', script]);
    try {
      const before = await runOn(lab, host, ['sh', '-c', `[ ! -e ${path} ] || cat ${path}`]);
      const after = change(before);
      if (after === before) throw new Error(`the edit of ${path} changes nothing`);
      await runOn(lab, host, ['sh', '-c', `cat > ${path}`], { input: after });
    } catch (error) {
      await heal();
      throw error;
    }
    return heal;
  };

/** A file that the lab has not, with its folders; healing removes the topmost that was made. */
export const added =
  (path: string, text: string): Introduce =>
  async ({ directory }) => {
    const file = join(directory, path);
    const made = await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
    return async () => rm(made ?? file, { recursive: true });
  };

/** A program that listens at every address of a host and talks to nobody. */
export const listening =
  (host: string, port: number): Introduce =>
  async (lab) => {
    const server = `require('node:net').createServer((one) => one.destroy()).listen(${port}, '0.0.0.0')`;
    const started = await runOn(lab, host, [
      'sh',
      '-c',
      `'${process.execPath}' -e "${server}" </dev/null >/dev/null 2>&1 & echo $!`,
    ]);
    const heal = async (): Promise<void> => {
      await runOn(lab, host, ['kill', started.trim()]);
    };
    await until(`port ${port} of ${host} is open`, async () => {
      const listed = await runOn(lab, host, ['ss', '-Hltn', `sport = :${port}`]);
      return listed.trim() === '' ? 'nobody listens yet' : undefined;
    });
    return heal;
  };
