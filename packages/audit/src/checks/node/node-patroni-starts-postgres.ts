import { defineCheck, fail, notApplicable, pass, undecided, warn } from '../../check.ts';
import { nodeEvidence } from '../node-evidence.ts';

const starts = ({ enabled }: { readonly enabled: string }): boolean => enabled.startsWith('enabled');

export const nodePatroniStartsPostgres = defineCheck({
  id: 'node-patroni-starts-postgres',
  catalogue: ['HA-025'],
  scope: 'node',
  title: { en: 'At boot Patroni starts PostgreSQL, and nobody else does', zh: '开机仅由 Patroni 启动 PostgreSQL' },
  severity: 'medium',
  rationale: {
    en: 'A distribution’s own unit starts the server without asking the cluster: an old primary comes back writable after a power cut. Without Patroni at boot the node stays away.',
    zh: '发行版自带的服务单元会绕过集群直接启动数据库，断电恢复后旧主库可能以可写状态启动；Patroni 未随开机启动则节点无法归队。',
  },
  remediation: {
    en: 'Disable or mask the distribution’s postgresql unit, enable patroni (and etcd, haproxy, pgbouncer where they run).',
    zh: '禁用或屏蔽发行版的 postgresql 服务单元，启用 patroni（以及该节点上的 etcd、haproxy、pgbouncer）。',
  },
  fix: ['systemctl mask --now postgresql', 'systemctl enable patroni'],
  needs: ['node.services'],
  params: {},
  evaluate({ 'node.services': { units } }) {
    if (units === null) {
      return undecided({
        en: 'systemd does not answer on this node, so what starts at boot is out of sight',
        zh: '该节点的 systemd 未应答，无法判定开机启动项',
      });
    }
    const patroni = units.find(({ unit }) => unit === 'patroni.service');
    const postgres = units.find(({ unit }) => unit === 'postgresql.service');
    if (patroni === undefined) {
      return notApplicable({ en: 'this node has no unit of Patroni', zh: '该节点没有 Patroni 服务单元，本项不适用' });
    }
    const evidence = units.map(({ unit, enabled }) =>
      nodeEvidence(
        'node.services',
        unit,
        `systemctl show -P UnitFileState ${unit}`,
        enabled,
        unit === 'postgresql.service'
          ? { en: 'disabled or masked', zh: 'disabled 或 masked' }
          : { en: 'enabled', zh: 'enabled' },
      ),
    );
    if (postgres !== undefined && starts(postgres)) {
      return fail(
        {
          en: 'postgresql.service is enabled beside patroni.service: it starts the server without asking the cluster',
          zh: '经核查，postgresql.service 与 patroni.service 同时启用，数据库可能绕过集群启动',
        },
        ...evidence,
      );
    }
    const missing = units
      .filter((unit) => unit !== postgres && !starts(unit))
      .map(({ unit, enabled }) => `${unit} (${enabled})`);
    if (missing.length > 0) {
      return warn(
        { en: `does not start at boot: ${missing.join(', ')}`, zh: `经核查，未随开机启动：${missing.join('、')}` },
        ...evidence,
      );
    }
    return pass(
      {
        en: 'patroni.service is enabled, and no unit of the distribution starts PostgreSQL',
        zh: '经核查，patroni.service 已启用，且发行版的 postgresql 服务单元未启用，符合要求',
      },
      ...evidence,
    );
  },
});
