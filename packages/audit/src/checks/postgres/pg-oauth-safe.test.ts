import { expect, test } from 'vitest';
import { evidenceLines, seenAt, settingsFact } from '../settings.fixture.ts';
import { pgOauthSafe as check } from './pg-oauth-safe.ts';

const judge = (
  options: readonly string[] | undefined,
  trustedValidators: readonly string[] = ['oidc'],
  settings: Readonly<Record<string, string>> = {},
) =>
  check.evaluate(
    {
      'pg.hba': {
        rules:
          options === undefined
            ? []
            : [
                {
                  file: 'pg_hba.conf',
                  line: 7,
                  type: 'hostssl',
                  databases: ['all'],
                  users: ['all'],
                  address: '10.0.0.0',
                  netmask: '255.0.0.0',
                  method: 'oauth',
                  options,
                },
              ],
        errors: [],
        changedSinceReload: false,
      },
      'pg.settings': settingsFact({ oauth_validator_libraries: 'oidc', ...settings }),
    },
    { trustedValidators },
    seenAt,
  );

test.each([
  ['not used', undefined, ['oidc'], {}, 'not_applicable'],
  ['an older server', ['issuer=https://id.example'], ['oidc'], { server_version_num: '170011' }, 'not_applicable'],
  ['https and a trusted validator', ['issuer=https://id.example', 'scope=openid'], ['oidc'], {}, 'pass'],
  ['http', ['issuer=http://id.example'], ['oidc'], {}, 'fail'],
  ['another validator', ['issuer=https://id.example'], ['other'], {}, 'fail'],
  ['no declared validator', ['issuer=https://id.example'], [], {}, 'undecided'],
] as const)('%s', (_, options, trusted, settings, outcome) => {
  expect(judge(options, trusted, settings).outcome).toBe(outcome);
});

test('lines and libraries are shown', () => {
  expect(evidenceLines(judge(['issuer=https://id.example']))).toEqual([
    'lines with oauth=7',
    'oauth_validator_libraries=oidc',
  ]);
});
