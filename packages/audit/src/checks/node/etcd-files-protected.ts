import { defineCheck, fail, notApplicable, pass } from '../../check.ts';
import { fileModeEvidence } from '../etcd-config-evidence.ts';

export const etcdFilesProtected = defineCheck({
  id: 'etcd-files-protected',
  scope: 'node',
  catalogue: ['ETCD-011'],
  title: { en: 'etcd’s data and keys are closed to others', zh: 'etcd 数据与私钥文件受保护' },
  severity: 'high',
  rationale: {
    en: 'Who reads the data directory reads every key of every cluster; who reads the private key can pose as the member.',
    zh: '可读取数据目录即可获得所有集群的键值，可读取私钥即可冒充该成员。',
  },
  remediation: {
    en: 'chmod 0700 the data directory and 0600 the private keys, owned by the user etcd runs as.',
    zh: '数据目录权限设为 0700，私钥设为 0600，属主为运行 etcd 的用户。',
  },
  fix: ['chmod 0700 /data/etcd', 'chmod 0600 /etc/etcd/server.key', 'chown -R etcd: /data/etcd /etc/etcd/server.key'],
  needs: ['node.etcd-config'],
  /** Who may own them. */
  params: { owners: ['etcd', 'root'] },
  evaluate({ 'node.etcd-config': config }, { owners }) {
    if (config === null) return notApplicable({ en: 'this node has no etcd', zh: '该节点没有 etcd，本项不适用' });
    const data = config.dataDir === null ? [] : [config.dataDir];
    const files = [...data, ...config.keys];
    if (files.length === 0) {
      return notApplicable({
        en: 'the configuration names no data directory or key of this node',
        zh: '配置未指向本节点的数据目录或私钥，本项不适用',
      });
    }
    const evidence = [
      ...data.map((file) => fileModeEvidence(file, { en: '700', zh: '700' })),
      ...config.keys.map((file) => fileModeEvidence(file, { en: '600 or 400', zh: '600 或 400' })),
    ];
    const open = files.filter(({ mode }) => (Number.parseInt(mode, 8) & 0o077) !== 0);
    const foreign = files.filter(({ owner }) => !owners.includes(owner));
    const wrong = [...new Set([...open, ...foreign])].map(({ path, mode, owner }) => `${path} (${mode} ${owner})`);
    return wrong.length > 0
      ? fail(
          { en: `open to others: ${wrong.join(', ')}`, zh: `经核查，权限过宽或属主不当：${wrong.join('、')}` },
          ...evidence,
        )
      : pass(
          {
            en: `data directory and keys closed to others: ${files.length} of ${files.length}`,
            zh: `经核查，数据目录与私钥共 ${files.length} 项均仅属主可访问，符合要求`,
          },
          ...evidence,
        );
  },
});
