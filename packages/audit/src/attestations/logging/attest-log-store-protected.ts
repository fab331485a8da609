import { defineAttestation } from '../../attestation.ts';

/** Records in the central log store cannot be changed or deleted by those whose actions they show, and are kept for at least six months. */
export const attestLogStoreProtected = defineAttestation({
  id: 'attest-log-store-protected',
  catalogue: ['LOG-016'],
  title: { en: 'The central log store is protected', zh: '集中日志存储受到保护' },
  severity: 'medium',
  statement: {
    en: 'Records in the central log store cannot be changed or deleted by those whose actions they show, and are kept for at least six months.',
    zh: '集中日志无法被其所记录的人员修改或删除，并至少保存六个月。',
  },
  document: {
    en: 'Attach who may delete, the retention rule and the oldest record.',
    zh: '附删除权限、保存策略及最早一条记录。',
  },
  validDays: 180,
});
