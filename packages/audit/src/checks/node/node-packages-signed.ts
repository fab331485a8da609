import { defineCheck, notApplicable } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

export const nodePackagesSigned = defineCheck({
  id: 'node-packages-signed',
  scope: 'node',
  catalogue: ['VULN-006'],
  title: { en: 'Packages come from signed sources', zh: '软件包来源经签名校验' },
  severity: 'medium',
  rationale: {
    en: 'Where signatures are not checked, whoever answers for the mirror chooses what the server runs.',
    zh: '不校验签名时，控制镜像者即可决定服务器运行的程序。',
  },
  remediation: {
    en: 'Check signatures on every source (gpgcheck=1, Signed-By) and remove sources that are not needed.',
    zh: '对全部软件源启用签名校验（gpgcheck=1、Signed-By），删除不必要的软件源。',
  },
  fix: ["sed -i 's/gpgcheck=0/gpgcheck=1/' {file}", "sed -i 's/\\[trusted=yes\\]//' {file}"],
  needs: ['node.repositories'],
  /** Hosts that packages may come from; empty allows every one. */
  params: { allowedHosts: [] as readonly string[] },
  evaluate({ 'node.repositories': { manager, sources } }, { allowedHosts }) {
    const shown = nodeEvidence(
      'node.repositories',
      'files with package sources',
      'grep -lE "^[[:space:]]*(deb|URIs:|baseurl|mirrorlist|metalink)" /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources /etc/yum.repos.d/*.repo 2>/dev/null | LC_ALL=C sort -u',
      [...new Set(sources.map(({ file }) => file))].toSorted().join('\n'),
      { en: 'each with signatures checked', zh: '均启用签名校验' },
    );
    if (manager === null || sources.length === 0) {
      return notApplicable({ en: 'this host has no package sources', zh: '本机无软件源，本项不适用' }, shown);
    }
    const loose = sources.filter(({ isVerified }) => !isVerified);
    const foreign = sources.filter(({ host }) => allowedHosts.length > 0 && !allowedHosts.includes(host));
    const lineEvidence = (file: string, line: number) =>
      nodeEvidence(
        'node.repositories',
        `${file} line ${line}`,
        manager === 'apt'
          ? `sed -n '${line},/^$/p' ${shellWord(file)} | grep -ciE 'trusted[=:] *yes|allow-insecure[=:] *yes'`
          : `sed -n '${line},/^$/p' ${shellWord(file)} | grep -c '^ *gpgcheck *= *0'`,
        '1',
        { en: '0', zh: '0' },
      );
    return verdictOf({
      complaints: [
        ...loose.map(({ file, line, host }) =>
          complaint(
            'fail',
            `signatures of ${host} are not checked (${file}:${line})`,
            `未校验 ${host} 的签名（${file}:${line}）`,
            lineEvidence(file, line),
          ),
        ),
        ...foreign.map(({ file, line, host }) =>
          complaint(
            'fail',
            `${host} is no allowed source (${file}:${line})`,
            `${host} 不在许可来源内（${file}:${line}）`,
            shown,
          ),
        ),
      ],
      good: { en: `${sources.length} sources are signed`, zh: `${sources.length} 个软件源均校验签名` },
      evidence: [shown],
    });
  },
});
