import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { outcomeOf } from './lab-writer.ts';

const said = (severity: string, code: string): DatabaseError => {
  const error = new DatabaseError('no', 2, 'error');
  error.severity = severity;
  error.code = code;
  return error;
};

test.each([
  ['cannot execute INSERT in a read-only transaction', said('ERROR', '25006'), 'refused'],
  ['the disk is full', said('ERROR', '53100'), 'refused'],
  ['terminating connection due to administrator command', said('FATAL', '57P01'), 'unknown'],
  ['canceling statement, perhaps after the commit', said('ERROR', '57014'), 'unknown'],
  ['a connection that broke', new Error('Connection terminated unexpectedly'), 'unknown'],
  ['a server that is silent', new Error('Query read timeout'), 'unknown'],
] as const)('%s: the row is %s', (_, error, outcome) => {
  expect(outcomeOf(error)).toBe(outcome);
});
