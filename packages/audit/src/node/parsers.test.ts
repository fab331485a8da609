import { expect, test } from 'vitest';
import { parsePasswd } from './accounts.ts';
import { mountOf, parseMounts } from './mounts.ts';
import { parseIptables, parseNftRuleset } from './nft-ruleset.ts';
import { parseSockets } from './sockets.ts';
import { includedFolders, parseSudoers } from './sudoers.ts';

test('lines of /etc/passwd that are no account are left out', () => {
  expect(parsePasswd('root:x:0:0:root:/root:/bin/bash\n+::::::\n\nbroken\n').map(({ name }) => name)).toEqual(['root']);
});

test('listening sockets of both families are read from what the kernel prints', () => {
  const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 12345 1 0 100 0 0 10 0
   1: 0100007F:D431 0100007F:1538 01 00000000:00000000 00:00000000 00000000   101        0 12346 1 0 20 4 30 10 -1`;
  expect(parseSockets(tcp, 'tcp')).toEqual([
    { protocol: 'tcp', address: '127.0.0.1', port: 5432, uid: 101, inode: '12345', raw: '0100007F:1538' },
  ]);
  expect(address('00000000000000000000000000000000')).toBe('::');
  expect(address('00000000000000000000000001000000')).toBe('::1');
  expect(address('0000000000000000FFFF00000100007F')).toBe('127.0.0.1');
  expect(address('B80D0120000000000000000001000000')).toBe('2001:db8::1');
});

test('sudoers: rules, tags, continuation lines, comments and folders', () => {
  const text = `# comment
Defaults env_reset
Cmnd_Alias PG = /bin/systemctl
root ALL=(ALL:ALL) ALL
postgres ALL=(root) NOPASSWD: /usr/bin/systemctl restart patroni, \\
  /usr/bin/journalctl --secret=hunter2
%admin ALL=(ALL) NOPASSWD: ALL
#includedir /etc/sudoers.d
@includedir /etc/more`;
  expect(
    parseSudoers(text, 'f').map(({ line, who, isNoPasswd, commands }) => [line, who, isNoPasswd, commands]),
  ).toEqual([
    [4, 'root', false, ['ALL']],
    [5, 'postgres', true, ['/usr/bin/systemctl', '/usr/bin/journalctl']],
    [7, '%admin', true, ['ALL']],
  ]);
  expect(includedFolders(text)).toEqual(['/etc/sudoers.d', '/etc/more']);
});

test('nft: the policy of an input chain, a last rule that refuses, and a rule that takes all', () => {
  const match = { match: { left: { payload: { protocol: 'tcp', field: 'dport' } }, right: 22 } };
  expect(read(chain('drop'), rule(match, { accept: null }))).toMatchObject({ isDefaultDeny: true, acceptsAny: false });
  expect(read(chain('accept'), rule(match, { accept: null }))).toMatchObject({ isDefaultDeny: false });
  expect(read(chain('accept'), rule({ reject: null }))).toMatchObject({ isDefaultDeny: true });
  expect(read(chain('drop'), rule({ counter: null }, { accept: null }))).toMatchObject({ acceptsAny: true });
  expect(parseNftRuleset('no json')).toBeUndefined();
  expect(parseNftRuleset('{"nftables":[]}')).toEqual([]);
});

test('iptables: policy and last rule', () => {
  expect(parseIptables('*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\n', 'ip')).toEqual([
    { family: 'ip', isDefaultDeny: true, acceptsAny: false, rules: 1 },
  ]);
  expect(parseIptables(':INPUT ACCEPT [0:0]\n-A INPUT -j REJECT --reject-with x\n', 'ip6')[0]?.isDefaultDeny).toBe(
    true,
  );
  expect(parseIptables(':INPUT ACCEPT [0:0]\n-A INPUT -j ACCEPT\n', 'ip')[0]?.acceptsAny).toBe(true);
  expect(parseIptables('', 'ip')).toEqual([]);
});

test('a path lies on the mount with the longest name, the latest where two are alike', () => {
  const mounts = parseMounts(`22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 253:1 / /data rw,noexec shared:1 - xfs /dev/mapper/data rw
31 22 0:40 / /data\\040two rw - tmpfs tmpfs rw`);
  expect(mountOf(mounts, '/data/postgres')).toMatchObject({
    mountPoint: '/data',
    options: ['rw', 'noexec'],
    fsType: 'xfs',
  });
  expect(mountOf(mounts, '/database')).toMatchObject({ mountPoint: '/' });
  expect(mountOf(mounts, '/data two/x')).toMatchObject({ fsType: 'tmpfs' });
});

const socketLine = (address: string): string => `0: ${address}:0016 ${'0'.repeat(32)}:0000 0A 0:0 0:0 0 0 0 77 1`;

const chain = (policy: string): object => ({
  chain: { family: 'inet', table: 'filter', name: 'input', hook: 'input', policy },
});

const rule = (...expr: readonly object[]): object => ({
  rule: { family: 'inet', table: 'filter', chain: 'input', expr },
});

const read = (...entries: readonly object[]) => parseNftRuleset(JSON.stringify({ nftables: entries }))?.[0];
const address = (hex: string): string | undefined => parseSockets(socketLine(hex), 'tcp6')[0]?.address;
