import { onSubject, primary, replica } from './cast.ts';
import { added, etcFile, listening } from './introduce/host.ts';
import type { WeaknessGroup } from './weakness.ts';

const appended =
  (line: string) =>
  (text: string): string =>
    `${text.trimEnd()}\n${line}\n`;

/** Accounts, sudo, packages and programs of a host; the machine below is left as it is. */
export const hostWeaknesses: WeaknessGroup = {
  name: 'hosts',
  weaknesses: [
    {
      id: 'program that listens',
      sentence: 'a program that nobody declared listens at every address',
      on: replica,
      introduce: listening(replica, 4444),
      expected: [...onSubject(`${replica}.node`, { 'node-listeners-expected': 'warn' })],
    },
    {
      id: 'forgotten copy of the data',
      sentence: 'a copy of the data directory was left behind',
      on: replica,
      introduce: added(`${replica}/old/data/PG_VERSION`, '15\n'),
      expected: [...onSubject(`${replica}.node`, { 'node-no-leftovers': 'fail' })],
    },
    {
      id: 'forgotten dump',
      sentence: 'a dump of the database was left behind',
      on: primary,
      introduce: added(`${primary}/app.dump`, `PGDMP${'\0'.repeat(100_000)}`),
      expected: [...onSubject(`${primary}.node`, { 'node-no-leftovers': 'fail' })],
    },
    {
      id: 'sudo without limits',
      sentence: 'the account of the server becomes root without a password',
      on: replica,
      introduce: etcFile(replica, '/etc/sudoers', appended('postgres ALL=(ALL) NOPASSWD: ALL')),
      expected: [...onSubject(`${replica}.node`, { 'node-sudo-limited': 'fail' })],
    },
    {
      id: 'server account with a password',
      sentence: 'somebody may log in as the account of the server',
      on: replica,
      introduce: etcFile(replica, '/etc/shadow', (text) =>
        text.replace(/^postgres:[^:]*:/mu, 'postgres:$6$salt$Zq0cXYs3gY0P8xkQv8VJb1m0vB5cS4d1:'),
      ),
      expected: [...onSubject(`${replica}.node`, { 'node-pg-account-locked': 'fail' })],
    },
    {
      id: 'second root account',
      sentence: 'an account beside root has number 0',
      on: primary,
      introduce: etcFile(primary, '/etc/passwd', appended('toor:x:0:0::/root:/bin/bash')),
      expected: [...onSubject(`${primary}.node`, { 'node-account-policy': 'fail' })],
    },
    {
      id: 'packages from anybody',
      sentence: 'packages are installed without a signature',
      on: primary,
      introduce: etcFile(
        primary,
        '/etc/apt/sources.list',
        appended('deb [trusted=yes] http://packages.example.com stable main'),
      ),
      expected: [...onSubject(`${primary}.node`, { 'node-packages-signed': 'fail' })],
    },
  ],
};
