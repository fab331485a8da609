import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectKeyword, psqlCommand, shellCommand, shellQuote } from './psql-command.ts';

describe('psqlCommand', () => {
  it('is what a person can paste', () => {
    expect(psqlCommand("SELECT setting FROM pg_settings WHERE name = 'ssl'", 'host=127.0.0.1 port=5433')).toBe(
      String.raw`psql -X -At -c 'SELECT setting FROM pg_settings WHERE name = '\''ssl'\''' 'host=127.0.0.1 port=5433'`,
    );
  });

  it('goes to the database the evidence was seen in', () => {
    expect(psqlCommand('SELECT 1', 'host=a dbname=postgres user=x', "it's")).toBe(
      String.raw`psql -X -At -c 'SELECT 1' 'host=a user=x dbname='\''it\'\''s'\'''`,
    );
    expect(psqlCommand('SELECT 1', "host=a dbname='my db'", 'app')).toBe(
      `psql -X -At -c 'SELECT 1' 'host=a dbname=app'`,
    );
  });

  it('leaves the connection to the environment when none is known', () => {
    expect(psqlCommand('SELECT 1', undefined)).toBe(`psql -X -At -c 'SELECT 1'`);
  });
});

describe('shellCommand', () => {
  it.each([
    ['host=127.0.0.1 port=5433', 'probe 127.0.0.1:5433'],
    ['host=::1 port=5433', `probe '[::1]':5433`],
    [`host='/run/my socket' port=5433`, `probe '/run/my socket':5433`],
    ['host=$(id) port=5433', `probe '$(id)':5433`],
    ['dbname=x', 'probe localhost:5432'],
  ])('fills the address of %s', (connect, command) => {
    expect(shellCommand('probe {host}:{port}', { connect })).toBe(command);
  });

  it('fills psql up to its command, for a pipe after it', () => {
    expect(shellCommand(`{psql} -c 'SHOW CONFIG' | sort`, { connect: 'host=a port=6432' })).toBe(
      `psql -X -At 'host=a port=6432' -c 'SHOW CONFIG' | sort`,
    );
  });

  it('fills a place of the subject, and leaves braces that name none', () => {
    const places = { url: "'https://10.0.0.1:8008'" };
    expect(shellCommand(`curl {url}/config | awk '{print}' {other}`, { places })).toBe(
      `curl 'https://10.0.0.1:8008'/config | awk '{print}' {other}`,
    );
  });
});

it('finds a keyword and not the same word inside another value', () => {
  expect(connectKeyword(String.raw`user='host=evil' host='a\'b'`, 'host')).toBe("a'b");
  expect(connectKeyword('port=1', 'host')).toBeUndefined();
});

it('shellQuote survives a real shell', () => {
  const word = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(word, (text) => {
      expect(execFileSync('/bin/sh', ['-c', `printf %s ${shellQuote(text)}`]).toString()).toBe(text);
    }),
    { numRuns: 20 },
  );
});
