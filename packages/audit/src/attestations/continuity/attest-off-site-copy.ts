import { defineAttestation } from '../../attestation.ts';

/** A replica or a repository with continuous WAL stands at another site, far enough from the first for the same event not to reach both. */
export const attestOffSiteCopy = defineAttestation({
  id: 'attest-off-site-copy',
  catalogue: ['HA-023'],
  title: { en: 'A copy stands at another site', zh: '异地存有数据副本' },
  severity: 'high',
  statement: {
    en: 'A replica or a repository with continuous WAL stands at another site, far enough from the first for the same event not to reach both.',
    zh: '副本或持续归档 WAL 的仓库位于异地，距离足以避免同一事件同时影响两地。',
  },
  document: {
    en: 'Attach the sites, their distance and the delay of the copy.',
    zh: '附各站点位置、距离及副本延迟。',
  },
  validDays: 180,
});
