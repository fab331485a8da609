import { expect, test } from 'vitest';
import { parseTarget } from './forward.ts';

test.each([
  ['mon:5433', { host: 'mon', port: 5433, localPort: undefined }],
  ['15433:pg-test-1:5432', { host: 'pg-test-1', port: 5432, localPort: 15_433 }],
])('%s is a target', (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

test.each(['mon', 'mon:', ':5433', 'mon:0', 'mon:65536', '0:mon:5433', '198.51.100.10:5433', 'mon:5433:1'])(
  '%s is none',
  (text) => {
    expect(() => parseTarget(text)).toThrow(`"${text}" is not HOST:PORT`);
  },
);
