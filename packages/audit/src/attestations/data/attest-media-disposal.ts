import { defineAttestation } from '../../attestation.ts';

/** Every disk, volume, backup and node that left service in the period was cleared, and there is a record of it. */
export const attestMediaDisposal = defineAttestation({
  id: 'attest-media-disposal',
  catalogue: ['ENC-009'],
  title: { en: 'Media and nodes are disposed of with a record', zh: '介质与节点处置有记录' },
  severity: 'medium',
  statement: {
    en: 'Every disk, volume, backup and node that left service in the period was cleared, and there is a record of it.',
    zh: '本期退役的每块磁盘、卷、备份与节点均已清除数据并有记录。',
  },
  document: {
    en: 'Attach the disposal records and the list of what was removed.',
    zh: '附处置记录及退役清单。',
  },
  validDays: 365,
});
