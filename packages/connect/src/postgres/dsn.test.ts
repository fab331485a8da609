import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConnectError } from '../errors.ts';
import { describePgTarget, nameOfTarget, withDatabase } from './describe.ts';
import { resolvePgTarget, type Env } from './dsn.ts';
import type { PgTarget } from './session-api.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'pgattest-dsn-'));
});

afterAll(async () => {
  await rm(home, { recursive: true });
});

/** Without this machine's home directory and variables. */
async function resolve(dsn: string, env: Env = {}): Promise<PgTarget> {
  return resolvePgTarget(dsn, { env: { HOME: '/nonexistent', ...env } });
}

async function refusal(dsn: string, env: Env = {}): Promise<string> {
  const error: unknown = await resolve(dsn, env).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConnectError);
  expect(error).toMatchObject({ code: 'config_invalid' });
  return String(error);
}

describe('URL form', () => {
  test.each<[string, Partial<PgTarget>]>([
    ['postgres://u@h/db', { host: 'h', port: 5432, user: 'u', database: 'db', sslMode: 'prefer' }],
    ['postgresql://u@h:6000/db', { host: 'h', port: 6000 }],
    ['postgres://u@h', { database: 'u' }],
    ['postgres://u@h//db', { database: '/db' }],
    ['postgres://u@[2001:db8::1]:7000/db', { host: '2001:db8::1', port: 7000 }],
    ['postgres://u@%2Fvar%2Frun/db', { host: '/var/run' }],
    ['postgres://u@h/d%20b?sslmode=require', { database: 'd b', sslMode: 'require' }],
    ['postgres://u@h/db?ssl=true', { sslMode: 'require' }],
    ['postgres://h/db?user=v&port=7', { user: 'v', port: 7 }],
    ['postgres://u@h?application_name=a%26b', { applicationName: 'a&b', database: 'u' }],
    ['postgres://u@h/db?host=other', { host: 'other' }],
    ['postgres://u@h/db?options=-c%20a%3Db&connect_timeout=3', { options: '-c a=b', connectTimeoutMs: 3000 }],
    [
      'postgres://dbuser_monitor:secret@:5432/postgres?sslmode=disable&host=/var/run/postgresql',
      { host: '/var/run/postgresql', port: 5432, user: 'dbuser_monitor', database: 'postgres', sslMode: 'disable' },
    ],
    ['  postgres://u@h/db\n', { host: 'h', database: 'db' }],
  ])('%s', async (dsn, expected) => {
    expect(await resolve(dsn)).toMatchObject(expected);
  });

  test.each([
    ['postgres://u:p@h/db', 'p'],
    ['postgres://u:a:b@h/db', 'a:b'],
    ['postgres://u:a@b@h/db', 'a@b'],
    ['postgres://u:a?b@h/db', 'a?b'],
    ['postgres://u:a%2Fb%40c@h/db', 'a/b@c'],
    ['postgres://u@h/db?password=q%26r', 'q&r'],
    ['postgres://u:p@h?application_name=x@y', 'p'],
    ['postgres://u:@h/db', undefined],
  ])('the password of %s', async (dsn, password) => {
    expect((await resolve(dsn)).password?.reveal()).toBe(password);
  });
});

describe('keyword form', () => {
  test.each<[string, Partial<PgTarget>]>([
    ['host=h user=u dbname=db port=6000', { host: 'h', user: 'u', database: 'db', port: 6000 }],
    ['host = h  user = u', { host: 'h', user: 'u' }],
    [String.raw`host=h user='a\'b c' dbname=a\ b`, { user: "a'b c", database: 'a b' }],
    [`host=h user=u dbname=''`, { database: 'u' }],
    ['host=h user=u dbname=/odd', { database: '/odd' }],
    ['host=db.example hostaddr=10.0.0.1 user=u', { host: 'db.example', hostAddress: '10.0.0.1' }],
    ['hostaddr=10.0.0.1 user=u', { host: '10.0.0.1', hostAddress: '10.0.0.1' }],
    ['host=h user=u sslrootcert=system', { sslMode: 'verify-full', sslRootCert: 'system' }],
    ['host=h user=u connect_timeout=0', { user: 'u' }],
    ['host=h user=u keepalives=1 target_session_attrs=any', { user: 'u' }],
  ])('%s', async (dsn, expected) => {
    expect(await resolve(dsn)).toMatchObject(expected);
  });
});

describe('environment', () => {
  test('fills what the string leaves out', async () => {
    const env = { PGHOST: 'eh', PGPORT: '7', PGUSER: 'eu', PGDATABASE: 'ed', PGPASSWORD: 'ep', PGSSLMODE: 'require' };
    const target = await resolve('', { ...env, PGAPPNAME: 'ea', PGCONNECT_TIMEOUT: '2' });
    expect(target).toMatchObject({ host: 'eh', port: 7, user: 'eu', database: 'ed', sslMode: 'require' });
    expect([target.applicationName, target.connectTimeoutMs, target.password?.reveal()]).toEqual(['ea', 2000, 'ep']);
    expect(await resolve('postgres://u@h/db', env)).toMatchObject({ host: 'h', port: 7, user: 'u', database: 'db' });
  });

  test('an empty variable is as good as none', async () => {
    expect(await resolve('host=h user=u', { PGPORT: '', PGSSLMODE: '' })).toMatchObject({
      port: 5432,
      sslMode: 'prefer',
    });
  });

  test('services and other settings of libpq that are not ours are not read', async () => {
    const given = { PGHOST: 'h', PGUSER: 'u' };
    const service = join(home, 'pg_service.conf');
    await writeFile(service, '[elsewhere]\nhost=other\nuser=other\ndbname=other\n');
    const theirs = {
      PGSERVICE: 'elsewhere',
      PGSERVICEFILE: service,
      PGSYSCONFDIR: home,
      PGLOCALEDIR: '/x',
      PGREALM: 'R',
    };
    expect(await resolve('', { ...given, ...theirs })).toEqual(await resolve('', given));
  });

  test("the user is the operating system's when nobody names one", async () => {
    expect((await resolve('host=h')).user).toBe(userInfo().username);
  });

  test('certificates of ~/.postgresql are used when they exist', async () => {
    await mkdir(join(home, '.postgresql'), { recursive: true });
    for (const name of ['root.crt', 'postgresql.crt', 'postgresql.key'])
      await writeFile(join(home, '.postgresql', name), '');
    expect(await resolve('host=h user=u', { HOME: home })).toMatchObject({
      sslRootCert: join(home, '.postgresql/root.crt'),
      sslCert: join(home, '.postgresql/postgresql.crt'),
      sslKey: join(home, '.postgresql/postgresql.key'),
    });
  });
});

describe('password file', () => {
  test('gives the password when it is private', async () => {
    const passfile = join(home, 'private');
    await writeFile(passfile, 'h:5432:db:u:from file\n', { mode: 0o600 });
    const target = await resolve(`host=h user=u dbname=db passfile=${passfile}`);
    expect([target.password?.reveal(), target.passfile]).toEqual(['from file', passfile]);
    expect((await resolve('host=h user=u dbname=db', { PGPASSFILE: passfile })).password?.reveal()).toBe('from file');
  });

  test('~/.pgpass is asked when none is named, and a Unix socket is localhost there', async () => {
    await writeFile(join(home, '.pgpass'), 'localhost:*:*:u:local one\n', { mode: 0o600 });
    const target = await resolve('host=/var/run/postgresql user=u', { HOME: home });
    expect([target.password?.reveal(), target.passfile]).toEqual(['local one', undefined]);
    expect((await resolve('host=/srv/sockets user=u', { HOME: home })).password).toBeUndefined();
  });

  test('is left aside with a note when others may read it', async () => {
    const passfile = join(home, 'public');
    await writeFile(passfile, 'h:5432:db:u:pw\n', { mode: 0o644 });
    const target = await resolve(`host=h user=u dbname=db passfile=${passfile}`);
    expect(target.password).toBeUndefined();
    expect(target.passwordNote).toBe(
      `${passfile} was ignored: its mode is 0644, group or others may use it; run chmod 0600 ${passfile}`,
    );
  });

  test('is not asked when a password is given', async () => {
    const target = await resolve(`host=h user=u password=p passfile=${join(home, 'public')}`);
    expect([target.password?.reveal(), target.passwordNote]).toEqual(['p', undefined]);
  });
});

describe('mistakes', () => {
  test.each([
    ['mysql://h/db', 'the scheme of the URL must be postgres or postgresql'],
    ['postgres://u@h/db?sslmod=require', 'unknown parameter "sslmod"; did you mean "sslmode"?'],
    ['host=h database=x', 'unknown parameter "database"; did you mean "dbname"?'],
    ['host=h zzz=x', 'unknown parameter "zzz"'],
    ['host=h sslmode=on', 'sslmode must be one of disable, allow, prefer, require, verify-ca, verify-full'],
    ['host=h port=0', 'port must be a number from 1 to 65535'],
    ['host=h port=5432x', 'port must be a number from 1 to 65535'],
    ['host=a,b', 'it names several hosts'],
    ['postgres://a,b/db', 'it names several hosts'],
    ['postgres://h/db?service=x', '"service" is not supported; leave it out'],
    ['host=h target_session_attrs=primary', '"target_session_attrs" other than any is not supported'],
    ['host=h requirepeer=postgres', '"requirepeer" is not supported'],
    ['host=h connect_timeout=5s', 'connect_timeout must be a whole number of seconds'],
    ['host=h user', 'expected key=value at character 8'],
    ["host=h user='it''s'", 'expected key=value at character 8'],
    ["host=h user='open", 'expected key=value at character 8'],
    ['postgres://u@::1:5432/db', 'an IPv6 address stands in brackets'],
    ['postgres://u@h/db?x', 'a parameter of the URL has no "="'],
    ['postgres://u@h/%zz', 'the database name is not valid percent-encoding'],
    ['postgres://u@h/%00', 'the database name is not valid percent-encoding'],
    ['host=h sslrootcert=system sslmode=require', 'sslmode require is too weak with sslrootcert=system'],
  ])('%s', async (dsn, message) => {
    expect(await refusal(dsn)).toContain(message);
  });

  test('a mistyped password is not repeated in the message', async () => {
    for (const dsn of [
      'postgres://u:hunter2%@h/db',
      'host=h password=x hunter2 user=u',
      "host=h password='hunter2",
      'postgres://h/db?password=a&hunter2!',
      'host=h password=x hunter2!=y',
    ]) {
      expect(await refusal(dsn)).not.toContain('hunter2');
    }
  });
});

const word = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => !/[\0,]/.test(text) && text.trim() === text);
const secret = fc.stringMatching(/^[A-Za-z]{16}$/);

describe('laws', () => {
  test('describePgTarget says everything but the password', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          host: word.filter((text) => !text.startsWith('/')),
          port: fc.integer({ min: 1, max: 65_535 }),
          user: word,
          database: word,
          sslMode: fc.constantFrom('disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'),
          sslRootCert: fc.option(
            word.filter((text) => text !== 'system'),
            { nil: undefined },
          ),
          applicationName: fc.option(word, { nil: undefined }),
          options: word,
          connectTimeoutMs: fc.integer({ min: 1, max: 9999 }).map((seconds) => seconds * 1000),
        }),
        secret,
        async (parts, password) => {
          const target: PgTarget = {
            ...parts,
            password: undefined,
            sslCert: undefined,
            sslKey: undefined,
            passfile: undefined,
          };
          const given = await resolve(`${describePgTarget(target)} password=${password}`);
          expect(given).toEqual({ ...target, password: given.password });
          expect(given.password?.reveal()).toBe(password);
          expect(describePgTarget(given)).toBe(describePgTarget(target));
        },
      ),
    );
  });

  test('a URL and its keyword form mean the same', async () => {
    await fc.assert(
      fc.asyncProperty(word, word, word, secret, async (host, user, database, password) => {
        fc.pre(!host.startsWith('/'));
        const encode = encodeURIComponent;
        const target = await resolve(`postgres://${encode(user)}:${password}@${encode(host)}/${encode(database)}`);
        expect(target).toMatchObject({ host, user, database });
        expect(await resolve(`${describePgTarget(target)} password=${password}`)).toEqual(target);
      }),
    );
  });

  test('nothing that can be printed of a target holds its password', async () => {
    await fc.assert(
      fc.asyncProperty(secret, async (password) => {
        const target = await resolve(`postgres://u:${password}@h/db`);
        const printed = [JSON.stringify(target), inspect(target), String(target.password), describePgTarget(target)];
        for (const text of [...printed, nameOfTarget(target)]) expect(text).not.toContain(password);
      }),
    );
  });

  test('whatever the text is, it is a target or config_invalid', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.boolean(), async (text, url) => {
        const dsn = url ? `postgres://${text}` : text;
        const outcome: unknown = await resolve(dsn).catch((error: unknown) => error);
        expect(outcome instanceof Error ? outcome : { name: 'ConnectError', code: 'config_invalid' }).toMatchObject({
          name: 'ConnectError',
          code: 'config_invalid',
        });
      }),
    );
  });
});

test('withDatabase changes nothing else', async () => {
  const target = await resolve('postgres://u:p@h/db?sslmode=require');
  expect(withDatabase(target, 'other')).toEqual({ ...target, database: 'other' });
});
