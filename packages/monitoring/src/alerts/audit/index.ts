import type { AlertGroup } from '../../model.ts';
import { auditCertificateExpiring } from './audit-certificate-expiring.ts';
import { auditCheckFailing } from './audit-check-failing.ts';
import { auditCheckRegressed } from './audit-check-regressed.ts';
import { auditCoverageLost } from './audit-coverage-lost.ts';
import { auditEvidenceStale } from './audit-evidence-stale.ts';
import { auditMemberUnreachable } from './audit-member-unreachable.ts';
import { auditRunFailing } from './audit-run-failing.ts';
import { auditorDown } from './auditor-down.ts';

/** Verdicts of the auditor, and the auditor itself. */
export const auditAlertGroup: AlertGroup = {
  name: 'audit',
  about: 'Verdicts of the auditor, and the auditor itself',
  category: 'pgsql',
  interval: '30s',
  dashboard: 'pgattest-compliance',
  alerts: [
    auditCertificateExpiring,
    auditCheckFailing,
    auditCheckRegressed,
    auditCoverageLost,
    auditEvidenceStale,
    auditMemberUnreachable,
    auditRunFailing,
    auditorDown,
  ],
};
