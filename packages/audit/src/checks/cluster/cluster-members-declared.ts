import { defineClusterCheck, fail, pass, undecided, warn, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { compareInventory, type Difference } from '../inventory-differences.ts';
import { seenMembers, unseenMembers, type Seen } from '../members.ts';
import { psqlRows } from '../psql-output.ts';

export const clusterMembersDeclared = defineClusterCheck({
  id: 'cluster-members-declared',
  catalogue: ['CHG-003'],
  title: { en: 'The cluster has the members that are declared', zh: '集群成员与申报一致' },
  severity: 'high',
  rationale: {
    en: 'A server that nobody declared holds a full copy of the data, and neither this audit nor anybody else looks at it.',
    zh: '未申报的服务器持有完整数据副本，却不在核查与管理范围之内。',
  },
  remediation: {
    en: 'Declare it to the auditor and in the inventory, or take it out of the cluster; correct addresses that differ.',
    zh: '将其补充到审计配置与资产清单，或从集群中移除；修正不一致的地址。',
  },
  fix: ['patronictl list {cluster}', 'clusters[].members: [{ name: {member}, dsn: "host={address}" }]'],
  needs: ['cluster.inventory', 'pg.replication'],
  members: 'partial',
  /** Names under which known servers outside of the cluster stream from it: those of a standby cluster. */
  params: { known: [] as readonly string[] },
  evaluate(facts, { known }) {
    const [inventory] = seenMembers(facts['cluster.inventory']);
    const senders = seenMembers(facts['pg.replication']);
    const blind = unseenMembers(facts['pg.replication']);
    const sources = inventory?.value.sources ?? [];
    const declared = inventory?.value.declared ?? [];
    const names = new Set([...declared.map(({ name }) => name), ...known]);
    const strangers = senders.flatMap(({ member, value }) =>
      standbysOf(value)
        .filter(({ applicationName }) => !names.has(applicationName))
        .map(({ applicationName, clientAddress }): Difference => ({
          level: 'fail',
          en: `${applicationName} (${clientAddress ?? 'local'}) streams from ${member} and is not declared`,
          zh: `${applicationName}（${clientAddress ?? '本地'}）从 ${member} 复制但未申报`,
        })),
    );
    const differences = [...strangers, ...compareInventory(declared, sources)];
    const evidence = [
      ...sources.flatMap((source) => (source.members.status === 'ok' ? [sourceEvidence(source, facts)] : [])),
      ...senders.map(senderEvidence),
    ];
    const reason = {
      en: differences.map(({ en }) => en).join('; '),
      zh: `经核查，${differences.map(({ zh }) => zh).join('；')}`,
    };
    if (differences.some(({ level }) => level === 'fail')) return fail(reason, ...evidence);
    const silent = [
      ...sources.flatMap(({ from, members }) => (members.status === 'ok' ? [] : [`${from} (${members.code})`])),
      ...blind,
    ];
    if (inventory === undefined || silent.length > 0) {
      const missing = silent.join(', ') || 'cluster.inventory';
      return undecided(
        {
          en: `the members could not be compared with everything that knows them: ${missing}`,
          zh: `以下来源无法读取，成员清单不能完整比对：${missing}`,
        },
        ...evidence,
      );
    }
    if (differences.length > 0) return warn(reason, ...evidence);
    const places = ['pg_stat_replication', ...sources.map(({ from }) => from)].join(', ');
    return pass(
      {
        en: `${declared.length} members are declared, and ${places} know no other`,
        zh: `经核查，申报的 ${declared.length} 个成员与 ${places} 一致，符合要求`,
      },
      ...evidence,
    );
  },
});

/** Streams to servers; a copy that is being taken and a subscriber are none. */
const standbysOf = (senders: FactMap['pg.replication']): FactMap['pg.replication'] =>
  senders.filter(({ logical, state }) => !logical && state !== 'backup');

const sourceEvidence = (
  { from, command, printed }: FactMap['cluster.inventory']['sources'][number],
  facts: { readonly 'cluster.inventory': ReadonlyMap<string, unknown> },
): Evidence => ({
  fact: 'cluster.inventory',
  subject: [...facts['cluster.inventory'].keys()][0] ?? '',
  at: from === 'pigsty' ? 'inventory file that was read' : `members as ${from} names them`,
  actual: printed,
  expected: { en: 'the declared members', zh: '与申报的成员一致' },
  shell: command,
});

const senderEvidence = ({ member, value }: Seen<FactMap['pg.replication']>): Evidence => ({
  fact: 'pg.replication',
  subject: member,
  at: 'standbys it streams to',
  actual: psqlRows(
    standbysOf(value)
      .map(({ applicationName }) => [applicationName] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ),
  expected: { en: 'declared members only', zh: '仅有已申报的成员' },
  sql: `SELECT application_name FROM pg_stat_replication r WHERE state <> 'backup' AND NOT EXISTS (SELECT FROM pg_replication_slots l WHERE l.active_pid = r.pid AND l.slot_type = 'logical') ORDER BY application_name COLLATE "C"`,
});
