import type { Evidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';

type Member = FactMap['patroni.cluster']['members'][number];

/** Members as one Patroni lists them: name, role, state and timeline, a line each. */
export function clusterEvidence(subject: string, { members }: FactMap['patroni.cluster'], expected: Text): Evidence {
  return {
    fact: 'patroni.cluster',
    subject,
    at: 'members',
    actual: members
      .map(({ name, role, state, timeline }) => `${name} ${role} ${state} ${timeline ?? 'null'}`)
      .join('\n'),
    expected,
    shell: `{curl} {url}/cluster | jq -r '.members[] | "\\(.name) \\(.role) \\(.state) \\(.timeline)"'`,
  };
}

/** Names of the members that a Patroni calls leader of this cluster. */
export const leadersOf = ({ members }: FactMap['patroni.cluster']): readonly string[] =>
  members.filter(isLeader).map(({ name }) => name);

/** `leader`, or `standby_leader` of a cluster that follows another. */
export const isLeader = ({ role }: Pick<Member, 'role'>): boolean => role === 'leader' || role === 'standby_leader';

/** A member whose PostgreSQL runs; before 3.0.4 a healthy replica is `running`, later `streaming`. */
export const isRunning = ({ state }: Pick<Member, 'state'>): boolean =>
  state === 'running' || state === 'streaming' || state === 'in archive recovery';
