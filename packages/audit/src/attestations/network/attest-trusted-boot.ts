import { defineAttestation } from '../../attestation.ts';

/** It is stated whether the nodes boot measured or secured, and what answers a change of the boot chain. */
export const attestTrustedBoot = defineAttestation({
  id: 'attest-trusted-boot',
  catalogue: ['OS-014'],
  title: { en: 'Trusted boot is used, or its absence is stated', zh: '可信启动已采用或已说明' },
  severity: 'info',
  statement: {
    en: 'It is stated whether the nodes boot measured or secured, and what answers a change of the boot chain.',
    zh: '已说明节点是否采用可信或安全启动，以及启动链变化时的处置。',
  },
  document: {
    en: 'Attach the state of each node.',
    zh: '附各节点状态。',
  },
  validDays: 365,
});
