import type { AttestationUnit } from '../attestation.ts';
import { attestAccessReview } from './access/attest-access-review.ts';
import { attestLoginLockout } from './access/attest-login-lockout.ts';
import { attestRowSecurityPolicies } from './access/attest-row-security-policies.ts';
import { attestSecurityLabels } from './access/attest-security-labels.ts';
import { attestSeparateAdministrators } from './access/attest-separate-administrators.ts';
import { attestSuperuserList } from './access/attest-superuser-list.ts';
import { attestTwoFactorAdmin } from './access/attest-two-factor-admin.ts';
import { attestBackupImmutable } from './continuity/attest-backup-immutable.ts';
import { attestConfigurationBackup } from './continuity/attest-configuration-backup.ts';
import { attestOffSiteCopy } from './continuity/attest-off-site-copy.ts';
import { attestCertificateProcedure } from './data/attest-certificate-procedure.ts';
import { attestColumnEncryption } from './data/attest-column-encryption.ts';
import { attestConfigurationTransfer } from './data/attest-configuration-transfer.ts';
import { attestDataInventory } from './data/attest-data-inventory.ts';
import { attestDataRetention } from './data/attest-data-retention.ts';
import { attestKeysApartFromData } from './data/attest-keys-apart-from-data.ts';
import { attestMediaDisposal } from './data/attest-media-disposal.ts';
import { attestNationalCryptography } from './data/attest-national-cryptography.ts';
import { attestTestDataMasked } from './data/attest-test-data-masked.ts';
import { attestAccessRequests } from './governance/attest-access-requests.ts';
import { attestContinuityPlan } from './governance/attest-continuity-plan.ts';
import { attestControlledAdministration } from './governance/attest-controlled-administration.ts';
import { attestGradingAndFiling } from './governance/attest-grading-and-filing.ts';
import { attestHostingProvider } from './governance/attest-hosting-provider.ts';
import { attestIncidentPlan } from './governance/attest-incident-plan.ts';
import { attestInputValidation } from './governance/attest-input-validation.ts';
import { attestKeyManagement } from './governance/attest-key-management.ts';
import { attestOtherObjects } from './governance/attest-other-objects.ts';
import { attestPersonalDataLawful } from './governance/attest-personal-data-lawful.ts';
import { attestProcessingIntegrity } from './governance/attest-processing-integrity.ts';
import { attestIncidentRecords } from './logging/attest-incident-records.ts';
import { attestLogReview } from './logging/attest-log-review.ts';
import { attestLogStoreProtected } from './logging/attest-log-store-protected.ts';
import { attestIntrusionDetection } from './network/attest-intrusion-detection.ts';
import { attestMalwareProtection } from './network/attest-malware-protection.ts';
import { attestNetworkArchitecture } from './network/attest-network-architecture.ts';
import { attestTrustedBoot } from './network/attest-trusted-boot.ts';
import { attestVulnerabilityScan } from './network/attest-vulnerability-scan.ts';

/** Everything a person may have to confirm, by area. */
export const attestations = [
  attestAccessReview,
  attestLoginLockout,
  attestRowSecurityPolicies,
  attestSecurityLabels,
  attestSeparateAdministrators,
  attestSuperuserList,
  attestTwoFactorAdmin,
  attestBackupImmutable,
  attestConfigurationBackup,
  attestOffSiteCopy,
  attestCertificateProcedure,
  attestColumnEncryption,
  attestConfigurationTransfer,
  attestDataInventory,
  attestDataRetention,
  attestKeysApartFromData,
  attestMediaDisposal,
  attestNationalCryptography,
  attestTestDataMasked,
  attestAccessRequests,
  attestContinuityPlan,
  attestControlledAdministration,
  attestGradingAndFiling,
  attestHostingProvider,
  attestIncidentPlan,
  attestInputValidation,
  attestKeyManagement,
  attestOtherObjects,
  attestPersonalDataLawful,
  attestProcessingIntegrity,
  attestIncidentRecords,
  attestLogReview,
  attestLogStoreProtected,
  attestIntrusionDetection,
  attestMalwareProtection,
  attestNetworkArchitecture,
  attestTrustedBoot,
  attestVulnerabilityScan,
] as const satisfies readonly AttestationUnit[];

export type AttestationId = (typeof attestations)[number]['id'];
