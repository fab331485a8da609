import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress, type Progress } from './progress.ts';

function capture(
  stream: PassThrough,
  options: { readonly quiet?: boolean },
  run: (progress: Progress) => void,
): string {
  run(createProgress(stream, options));
  const text: unknown = stream.read();
  return (typeof text === 'string' ? text : '').replaceAll(/\d+\.\d s/g, 'N s');
}

function work(progress: Progress): void {
  const first = progress.step('start server');
  first.update('waiting');
  first.done();
  const second = progress.step('audit');
  second.fail('unreachable');
  second.done('ignored');
}

test('elsewhere than on a terminal a step is one line when it ends', () => {
  expect(capture(new PassThrough({ encoding: 'utf8' }), {}, work)).toBe(
    '✓ start server (N s)\n✗ audit: unreachable (N s)\n',
  );
});

test('quiet tells failures only', () => {
  expect(capture(new PassThrough({ encoding: 'utf8' }), { quiet: true }, work)).toBe('✗ audit: unreachable (N s)\n');
});

test('on a terminal the line of a step is rewritten', () => {
  const terminal = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true });
  const text = capture(terminal, {}, work);
  expect(text).toContain('\r\u001b[2K… start server (N s)');
  expect(text).toContain('\r\u001b[2K… start server: waiting (N s)');
  expect(text.endsWith('\r\u001b[2K✗ audit: unreachable (N s)\n')).toBe(true);
});
