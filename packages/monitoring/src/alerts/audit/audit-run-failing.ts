import { auditRunSuccess, promql } from '@pgattest/catalog';
import { defineAlert } from '../../model.ts';

export const auditRunFailing = defineAlert({
  name: 'AuditRunFailing',
  severity: 'warning',
  for: '10m',
  expr: promql`min by (cls) (${auditRunSuccess}) == 0`,
  labels: ['cls'],
  summary: {
    en: 'The audit of {{ $labels.cls }} fails',
    zh: '对集群 {{ $labels.cls }} 的审计运行失败',
  },
  description: {
    en: 'The last audit run could not be finished or filed. Its verdicts are exposed as stale: some controls are unproven, which is not the same as met.',
    zh: '最近一次审计未能完成或未能归档，其结论已标记为过期：相关控制项未得到证明，这不等于符合。',
  },
  runbook: [
    'Read the reason in the log of the auditor and on its page: `curl -s http://<auditor>:9855/`.',
    'Check the free space and the permissions of the evidence and report folders.',
    'Run it by hand: `pgattest audit run`; its exit code and last lines say what stops it.',
  ],
});
