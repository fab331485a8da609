import { describe, expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { toConnectError } from './errors.ts';

function serverError(code: string): Error {
  return Object.assign(new Error('the server says'), { code, severity: 'ERROR' });
}

describe('toConnectError', () => {
  test.each([
    ['28P01', 'auth_failed'],
    ['28000', 'auth_failed'],
    ['42501', 'permission_denied'],
    ['57P03', 'starting'],
    ['53300', 'too_many_connections'],
    ['57014', 'timeout'],
    ['55P03', 'timeout'],
    ['57P01', 'unreachable'],
    ['08006', 'unreachable'],
    ['08P01', 'unsupported'],
    ['0A000', 'unsupported'],
    ['3D000', 'config_invalid'],
    ['42P01', 'query_failed'],
    ['XX000', 'query_failed'],
  ])('SQLSTATE %s is %s', (sqlState, code) => {
    const error = toConnectError(serverError(sqlState), 'query failed on h:1/d');
    expect(error).toMatchObject({ code, sqlState, message: `query failed on h:1/d: the server says (${sqlState})` });
  });

  test('an error of the network has no SQLSTATE and is unreachable', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(toConnectError(refused, 'cannot connect')).toMatchObject({ code: 'unreachable', sqlState: undefined });
  });

  test('the failures of all addresses of a host are told in one line', () => {
    const error = new AggregateError([new Error('refused by ::1'), new Error('refused by 127.0.0.1')]);
    expect(toConnectError(error, 'cannot connect').message).toBe(
      'cannot connect: refused by ::1; refused by 127.0.0.1',
    );
  });

  test('one of ours stays as it is', () => {
    const error = new ConnectError('timeout', 'x');
    expect(toConnectError(error, 'y')).toBe(error);
  });
});
