import { defineCheck } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { isWithoutServer, noServerHere } from '../host-without-server.ts';

export const nodeVolumesEncrypted = defineCheck({
  id: 'node-volumes-encrypted',
  scope: 'node',
  catalogue: ['ENC-001'],
  title: { en: 'Volumes with data are encrypted', zh: '存放数据的卷已加密' },
  severity: 'high',
  rationale: {
    en: 'A disk that is stolen, returned or snapshotted gives every table away where the volume is in clear.',
    zh: '卷未加密时，磁盘被盗、退换或快照即可泄露全部数据。',
  },
  remediation: {
    en: 'Move replicas one by one onto LUKS or an encrypted volume of the cloud, then switch over; attest what the kernel cannot see.',
    zh: '逐个将从库迁移到 LUKS 或云加密卷后切换；内核不可见的加密应提交证明。',
  },
  fix: ['cryptsetup luksFormat {device}'],
  needs: ['node.volumes'],
  params: {},
  evaluate({ 'node.volumes': volumes }, _params, context) {
    const data = volumes.filter(({ what }) => what === 'pgdata' || what === 'wal' || what === 'etcd');
    if (isWithoutServer(context) && data.length === 0) return noServerHere(context);
    const shown = data.map(({ realPath, source }) =>
      nodeEvidence('node.volumes', `device of ${realPath}`, `findmnt -nvo SOURCE -T ${shellWord(realPath)}`, source, {
        en: 'a device above dm-crypt',
        zh: 'dm-crypt 之上的设备',
      }),
    );
    return verdictOf({
      complaints: data.flatMap(({ isEncrypted, what, mountPoint }, index) =>
        isEncrypted === false
          ? [
              complaint(
                'fail',
                `${mountPoint} (${what}) is not encrypted`,
                `${mountPoint}（${what}）未加密`,
                ...shown.slice(index, index + 1),
              ),
            ]
          : [],
      ),
      unknown: [
        ...data
          .filter(({ isEncrypted }) => isEncrypted === null)
          .map(({ mountPoint, fsType }) => ({
            en: `the kernel does not say whether ${mountPoint} (${fsType}) is encrypted; attest it`,
            zh: `内核无法确认 ${mountPoint}（${fsType}）是否加密，应提交证明`,
          })),
        ...(data.some(({ what }) => what === 'pgdata') || isWithoutServer(context)
          ? []
          : [{ en: 'the volume of the data folder was not found', zh: '未找到数据目录所在卷' }]),
      ],
      good: { en: `${data.length} folders are on encrypted volumes`, zh: `${data.length} 个目录位于加密卷` },
      evidence: shown,
    });
  },
});
