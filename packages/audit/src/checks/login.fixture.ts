import type { LoginFact, LoginTry } from '../login-fact.ts';

const refusedTry: LoginTry = {
  encrypted: false,
  first: 'refused',
  method: null,
  proof: 'refused',
  sqlState: '28000',
  message: 'no pg_hba.conf entry for host "10.0.0.9", user "{role}", database "postgres", no encryption',
};

/** A stranger who is turned away without encryption, and with a wrong password over TLS; then as told. */
export const loginFact = (
  plain: Partial<LoginTry> = {},
  wrong: Partial<LoginTry> = {},
  overLoopback = false,
): LoginFact => ({
  host: '10.0.0.1',
  port: 5432,
  database: 'postgres',
  overLoopback,
  plain: { ...refusedTry, ...plain },
  wrong: { ...refusedTry, encrypted: true, first: 'asked', method: 'sasl', sqlState: '28P01', ...wrong },
});

/** Logins as fixtures name them, with what each is worth to who refuses strangers, and to who refuses plaintext. */
export const loginCases: readonly (readonly [string, LoginFact, string, string])[] = [
  ['both are refused', loginFact(), 'pass', 'pass'],
  ['trust', loginFact({ first: 'open', proof: 'not_tried' }, { first: 'open', proof: 'not_tried' }), 'fail', 'fail'],
  ['a wrong password is taken', loginFact({}, { proof: 'accepted' }), 'fail', 'pass'],
  ['a password is asked for in the clear', loginFact({ first: 'asked', method: 'sasl' }), 'pass', 'fail'],
  ['the same, on the host itself', loginFact({ first: 'asked', method: 'sasl' }, {}, true), 'pass', 'undecided'],
  [
    'no such database',
    loginFact(
      { sqlState: '3D000', message: 'no such database' },
      { first: 'refused', sqlState: '3D000', message: 'no such database' },
    ),
    'undecided',
    'undecided',
  ],
];
