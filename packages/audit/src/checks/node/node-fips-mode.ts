import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const nodeFipsMode = defineCheck({
  id: 'node-fips-mode',
  scope: 'node',
  catalogue: ['TLS-013'],
  title: { en: 'Cryptography runs in FIPS mode where that is asked for', zh: '按要求启用 FIPS 密码模式' },
  severity: 'info',
  rationale: {
    en: 'Some contracts and baselines allow approved cryptographic modules only; the kernel’s switch decides for every library.',
    zh: '部分合同与基线仅允许经认可的密码模块，内核开关对所有密码库生效。',
  },
  remediation: {
    en: 'Switch the host to FIPS mode and restart it; where nothing asks for it, leave the parameter required off.',
    zh: '将主机切换为 FIPS 模式并重启；无此要求时保持参数 required 关闭。',
  },
  fix: ['fips-mode-setup --enable'],
  needs: ['node.crypto-policy'],
  /** required: a contract or baseline asks for FIPS mode. */
  params: { required: false },
  evaluate({ 'node.crypto-policy': { fipsEnabled, policy } }, { required }) {
    const evidence = [
      nodeEvidence(
        'node.crypto-policy',
        'FIPS mode of the kernel',
        'cat /proc/sys/crypto/fips_enabled 2>/dev/null || true',
        fipsEnabled ?? '',
        { en: '1, where it is asked for', zh: '有要求时为 1' },
      ),
      nodeEvidence(
        'node.crypto-policy',
        'cryptographic policy',
        `sed -nE 's/^[[:space:]]*([^#[:space:]].*[^[:space:]]|[^#[:space:]])[[:space:]]*$/\\1/p' /etc/crypto-policies/config 2>/dev/null | head -n 1`,
        policy ?? '',
        { en: 'FIPS, where it is asked for', zh: '有要求时为 FIPS' },
      ),
    ];
    if (!required) {
      const state = fipsEnabled === '1' ? { en: 'on', zh: '已启用' } : { en: 'off', zh: '未启用' };
      return notApplicable(
        {
          en: `FIPS mode is not asked for (parameter required); it is ${state.en}`,
          zh: `未要求 FIPS 模式（参数 required），本项不适用；当前${state.zh}`,
        },
        ...evidence,
      );
    }
    return verdictOf({
      complaints:
        fipsEnabled === '1'
          ? []
          : [complaint('fail', 'the kernel is not in FIPS mode', '内核未启用 FIPS 模式', ...evidence)],
      good: { en: 'the kernel is in FIPS mode', zh: '内核已启用 FIPS 模式' },
      evidence,
    });
  },
});
