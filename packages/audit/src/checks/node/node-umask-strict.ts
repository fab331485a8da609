import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

const wanted = { en: '027 or 077', zh: '027 或 077' };

export const nodeUmaskStrict = defineCheck({
  id: 'node-umask-strict',
  scope: 'node',
  catalogue: ['OS-003'],
  title: { en: 'New files are closed to others', zh: '默认 umask 限制其他用户访问' },
  severity: 'low',
  rationale: {
    en: 'With a umask of 022 every dump, log and copy that somebody makes is readable by all accounts of the host.',
    zh: 'umask 为 022 时，新建的转储、日志和副本对主机所有账户可读。',
  },
  remediation: {
    en: 'Set umask 077 (or 027) for login shells and UMask=0077 in the units of the components.',
    zh: '将登录 Shell 的 umask 设为 077（或 027），并在各组件的 systemd 单元中设置 UMask=0077。',
  },
  fix: ['echo "umask 077" >> ~postgres/.bash_profile', 'systemctl edit {unit}   # [Service] UMask=0077'],
  needs: ['node.services'],
  params: {},
  evaluate({ 'node.services': { units, profileUmasks } }) {
    const masks = Object.entries(profileUmasks).map(([path, mask]) => ({
      name: path,
      mask,
      shown: nodeEvidence(
        'node.services',
        `umask of ${path}`,
        `grep -iE '^[[:space:]]*umask[[:space:]]+[0-7]+' ${shellWord(path)} | awk '{print $2}' | head -n 1`,
        mask,
        wanted,
      ),
    }));
    const ofUnits = (units ?? []).map(({ unit, umask }) => ({
      name: unit,
      mask: umask,
      shown: nodeEvidence(
        'node.services',
        `UMask of ${unit}`,
        `systemctl show -P UMask ${shellWord(unit)}`,
        umask,
        wanted,
      ),
    }));
    const all = [...masks, ...ofUnits];
    return verdictOf({
      complaints: all
        .filter(({ mask }) => (Number.parseInt(mask, 8) & 0o007) !== 0o007)
        .map(({ name, mask, shown }) =>
          complaint('warn', `${name} has umask ${mask}`, `${name} 的 umask 为 ${mask}`, shown),
        ),
      unknown: all.length === 0 ? [{ en: 'no umask is set anywhere', zh: '未找到任何 umask 设置' }] : [],
      good: { en: 'files are made closed to others', zh: '默认 umask 已限制其他用户访问' },
      evidence: all.map(({ shown }) => shown),
    });
  },
});
