import { open } from 'node:fs/promises';
import { DrillError, messageOf } from '../errors.ts';
import { askHttp, type HttpTarget } from './http.ts';

/** Where notifications end up: a file they are appended to, or a page that lists them. */
export type Receiver =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'url'; readonly target: HttpTarget };

const longestReadBytes = 8 * 1024 * 1024;

/** Whether text of ours has arrived; reads the last 8 MiB. Errors: DrillError unfinished, when it cannot be read. */
export async function hasArrived(receiver: Receiver, mark: string, signal: AbortSignal): Promise<boolean> {
  if (receiver.kind === 'url') {
    const { status, body } = await askHttp(receiver.target, '', { method: 'GET', timeoutMs: 10_000, signal });
    if (status === 200) return body.includes(mark);
    throw new DrillError('unfinished', `the receiver ${receiver.target.url} answered ${status}`);
  }
  try {
    return (await tailOf(receiver.path)).includes(mark);
  } catch (cause) {
    throw new DrillError('unfinished', `cannot read the receiver's file ${receiver.path}: ${messageOf(cause)}`, {
      cause,
    });
  }
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, longestReadBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}
