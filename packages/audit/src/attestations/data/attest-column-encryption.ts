import { defineAttestation } from '../../attestation.ts';

/** Fields of the highest class are encrypted, or encryption of the volume with access control was accepted in writing. */
export const attestColumnEncryption = defineAttestation({
  id: 'attest-column-encryption',
  catalogue: ['ENC-003'],
  title: { en: 'Highly sensitive fields are encrypted', zh: '高敏感字段已加密' },
  severity: 'medium',
  statement: {
    en: 'Fields of the highest class are encrypted, or encryption of the volume with access control was accepted in writing.',
    zh: '最高级别的字段已加密，或已书面认可以卷加密加访问控制的方式保护。',
  },
  document: {
    en: 'Attach the list of fields and how each is protected.',
    zh: '附字段清单及各自的保护方式。',
  },
  validDays: 365,
});
