import { defineCheck, notApplicable, pass, warn } from '../../check.ts';
import { etcdConfigEvidence } from '../etcd-config-evidence.ts';

export const etcdLogging = defineCheck({
  id: 'etcd-logging',
  scope: 'node',
  catalogue: ['ETCD-013'],
  title: { en: 'etcd writes a log that can be collected', zh: 'etcd 日志可被采集' },
  severity: 'medium',
  rationale: {
    en: 'Refused logins, elections and slow disks show in etcd’s own log first; above level info they are gone, and what goes to no output cannot be shipped.',
    zh: '登录失败、选举与磁盘缓慢首先体现在 etcd 日志中；级别高于 info 则不再记录，无输出则无法采集。',
  },
  remediation: {
    en: 'Set log-level: info and log-outputs to stderr (the journal) or a file that is shipped.',
    zh: '设置 log-level: info，log-outputs 指向 stderr（journald）或被采集的文件。',
  },
  fix: ['log-level: info\nlog-outputs: [stderr]', 'systemctl restart etcd'],
  needs: ['node.etcd-config'],
  params: {},
  evaluate({ 'node.etcd-config': config }) {
    if (config === null) return notApplicable({ en: 'this node has no etcd', zh: '该节点没有 etcd，本项不适用' });
    const level = config.settings['log-level'] ?? 'info';
    const outputs = config.settings['log-outputs'] ?? 'default';
    const evidence = etcdConfigEvidence(config, ['log-level', 'log-outputs'], {
      en: 'info or debug, not discarded',
      zh: 'info 或 debug，且未丢弃',
    });
    if (!['info', 'debug'].includes(level) || /\/dev\/null/u.test(outputs)) {
      return warn(
        {
          en: `log-level is ${level}, log-outputs ${outputs}: what happened leaves no trace`,
          zh: `经核查，log-level 为 ${level}，log-outputs 为 ${outputs}，事件未留痕`,
        },
        evidence,
      );
    }
    return pass(
      {
        en: `log-level is ${level}, outputs ${outputs}; shipping is judged with the node’s other logs`,
        zh: `经核查，log-level 为 ${level}，输出为 ${outputs}，符合要求（采集情况与节点其他日志一并核查）`,
      },
      evidence,
    );
  },
});
