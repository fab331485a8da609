import { expect, it } from 'vitest';
import { compileSchema } from './validator.ts';

const validate = compileSchema<{ readonly size: number }>({
  type: 'object',
  additionalProperties: false,
  required: ['size'],
  properties: { size: { type: 'integer', minimum: 0 } },
});

it('gives the value as it is, and the place of the first mistake', () => {
  expect(validate({ size: 3 })).toEqual({ ok: true, value: { size: 3 } });
  expect(validate({ size: -1 })).toMatchObject({ ok: false, path: '/size' });
  expect(validate({})).toMatchObject({ ok: false });
  expect(validate('text')).toMatchObject({ ok: false, path: '/' });
});

it('fills in defaults where asked to, and leaves them out otherwise', () => {
  const schema = { type: 'object', properties: { size: { type: 'integer', default: 1 } } };
  expect(compileSchema(schema)({})).toEqual({ ok: true, value: {} });
  expect(compileSchema(schema, { fillDefaults: true })({})).toEqual({ ok: true, value: { size: 1 } });
});
