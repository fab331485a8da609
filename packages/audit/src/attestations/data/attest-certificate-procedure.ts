import { defineAttestation } from '../../attestation.ts';

/** Keys and certificates are issued, renewed and revoked by a written procedure that was followed in the period. */
export const attestCertificateProcedure = defineAttestation({
  id: 'attest-certificate-procedure',
  catalogue: ['TLS-011'],
  title: { en: 'Certificates and keys have a life cycle', zh: '证书与密钥有生命周期管理' },
  severity: 'medium',
  statement: {
    en: 'Keys and certificates are issued, renewed and revoked by a written procedure that was followed in the period.',
    zh: '密钥与证书按书面流程签发、更新与吊销，本期按流程执行。',
  },
  document: {
    en: 'Attach the procedure and the issuance log of the authority.',
    zh: '附管理流程及签发机构的签发记录。',
  },
  validDays: 365,
});
