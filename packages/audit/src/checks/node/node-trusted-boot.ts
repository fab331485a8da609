import { defineCheck, pass, warn } from '../../check.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeTrustedBoot = defineCheck({
  id: 'node-trusted-boot',
  scope: 'node',
  catalogue: ['OS-014'],
  title: { en: 'The boot chain is verified', zh: '启动过程可信验证' },
  severity: 'info',
  rationale: {
    en: 'The clause says that boot loader, system and applications may be verified from a root of trust; it is supplementary on most systems.',
    zh: '条款要求“可基于可信根”对引导程序、系统程序及应用进行可信验证，多数系统作为补充项。',
  },
  remediation: {
    en: 'Switch secure boot on in the firmware and use a TPM to measure the boot chain.',
    zh: '在固件中启用安全启动，并利用 TPM 度量启动链。',
  },
  fix: ['mokutil --sb-state'],
  needs: ['node.protection'],
  params: {},
  evaluate({ 'node.protection': { secureBoot, hasTpm } }) {
    const shown = nodeEvidence(
      'node.protection',
      'secure boot byte',
      "od -An -tu1 -j4 -N1 /sys/firmware/efi/efivars/SecureBoot-* 2>/dev/null | tr -d ' '",
      secureBoot === null ? '' : secureBoot ? '1' : '0',
      { en: '1', zh: '1' },
    );
    if (secureBoot === true) {
      return pass(
        { en: `secure boot is on${hasTpm ? ', with a TPM' : ''}`, zh: '经核查，已启用安全启动，符合要求' },
        shown,
      );
    }
    return secureBoot === false
      ? warn({ en: 'secure boot is off', zh: '经核查，未启用安全启动' }, shown)
      : warn(
          {
            en: 'this host has no EFI variables, so nothing verifies its boot chain',
            zh: '经核查，本机无 EFI 变量，启动链未经验证',
          },
          shown,
        );
  },
});
