import type { Evidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { shellQuote } from '../psql-command.ts';
import type { Text } from '../text.ts';

type EtcdConfig = NonNullable<FactMap['node.etcd-config']>;

/** Evidence for the lines of etcd's configuration that name one of these settings, in either of its forms. */
export function etcdConfigEvidence({ path, lines }: EtcdConfig, flags: readonly string[], expected: Text): Evidence {
  const names = flags.flatMap((flag) => [flag, `(export +)?ETCD_${flag.toUpperCase().replaceAll('-', '_')}`]);
  // The same expression for grep and for us; both kinds of lines begin with the name.
  const pattern = `^ *(${names.join('|')}) *[:=]`;
  const expression = new RegExp(pattern, 'u');
  return {
    fact: 'node.etcd-config',
    at: flags.join(', '),
    actual: lines.filter((line) => expression.test(line)).join('\n'),
    expected,
    shell: `grep -E ${shellQuote(pattern)} ${shellQuote(path)}`,
  };
}

/** Evidence for mode and owner of one file. */
export const fileModeEvidence = (
  { path, mode, owner, group }: EtcdConfig['keys'][number],
  expected: Text,
): Evidence => ({
  fact: 'node.etcd-config',
  at: `mode and owner of ${path}`,
  actual: `${Number.parseInt(mode, 8).toString(8)} ${owner} ${group}`,
  expected,
  shell: `stat -Lc '%a %U %G' ${shellQuote(path)}`,
});
