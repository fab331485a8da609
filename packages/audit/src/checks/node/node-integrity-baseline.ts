import { defineCheck, manual } from '../../check.ts';
import { recordsFor } from '../../changes/change-record.ts';
import type { FactMap } from '../../facts.ts';
import { secretsInLine } from '../../node/config-digest-expression.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

type DigestedFile = FactMap['node.digests']['files'][number];

export const nodeIntegrityBaseline = defineCheck({
  id: 'node-integrity-baseline',
  scope: 'node',
  catalogue: ['INT-008'],
  title: { en: 'Programs and configuration are what was approved', zh: '程序与配置文件与已批准基线一致' },
  severity: 'medium',
  rationale: {
    en: 'A replaced program, a planted library or a line added to a configuration shows nowhere but in a comparison with what was approved.',
    zh: '被替换的程序、植入的库或被改动的配置只能通过与已批准基线比对发现。',
  },
  remediation: {
    en: 'Find out who changed the files. If the change was approved, collect the facts of the host again and lay them into records.baseline_dir as <member>.json; if not, restore them from the package.',
    zh: '查明变更来源；已批准的变更应重新采集主机事实并以 <成员>.json 存入 records.baseline_dir，未批准的应从软件包恢复。',
  },
  fix: ['pgattest audit collect-node --output {baselines}/{member}.json', 'apt-get install --reinstall {package}'],
  needs: ['node.digests', 'records.baselines', 'records.change-records'],
  /** Paths that change by themselves on this site. */
  params: { ignored: [] as readonly string[] },
  evaluate(
    { 'node.digests': { files, denied }, 'records.baselines': baselines, 'records.change-records': { records } },
    { ignored },
    { at, subject },
  ) {
    const shown = files.slice(0, 5).map(digestEvidence);
    if (!baselines.isDeclared) {
      return manual(
        {
          en: 'no baseline is declared (records.baseline_dir): nobody said what these files should be',
          zh: '未声明基线目录（records.baseline_dir），无法判定文件是否被改动',
        },
        ...shown,
      );
    }
    const baseline = baselines.byHost[subject.replace(/\.node$/u, '')];
    if (baseline === undefined || baseline.files.length === 0) {
      return verdictOf({
        complaints: [complaint('warn', 'this host has no baseline yet', '该主机尚无基线')],
        good: { en: '', zh: '' },
        evidence: shown,
      });
    }
    const approved = new Map(baseline.files.map(({ path, sha256 }) => [path, sha256]));
    const now = new Map(files.map((file) => [file.path, file]));
    const isWatched = (path: string): boolean => !ignored.includes(path);
    const changed = files.filter(({ path, sha256 }) => isWatched(path) && (approved.get(path) ?? sha256) !== sha256);
    const added = files.filter(({ path }) => isWatched(path) && !approved.has(path));
    const gone = baseline.files.filter(({ path }) => isWatched(path) && !now.has(path) && !denied.includes(path));
    const [record] = recordsFor({ subject, fact: 'node.digests', after: baseline.collectedAt, until: at }, records);
    const names = nameList([...changed, ...added, ...gone].map(({ path }) => path));
    const different = [...changed, ...added].slice(0, 20).map(digestEvidence);
    const unread = denied.filter((path) => approved.has(path));
    return verdictOf({
      complaints:
        changed.length + added.length + gone.length === 0
          ? []
          : record?.status === 'approved'
            ? [
                complaint(
                  'warn',
                  `changed under ${record.id}, and not part of the baseline yet: ${names.en}`,
                  `${names.zh} 已按 ${record.id} 变更，尚未更新基线`,
                  ...different,
                ),
              ]
            : [
                complaint(
                  'fail',
                  `not as it was approved: ${names.en}${record === undefined ? '' : ` (${record.id} is pending)`}`,
                  `与已批准基线不一致：${names.zh}`,
                  ...different,
                ),
              ],
      unknown: unread.map((path) => ({ en: `${path} may not be read`, zh: `无权读取 ${path}` })),
      good: {
        en: `${files.length} files are as they were approved on ${baseline.collectedAt.slice(0, 10)}`,
        zh: `${files.length} 个文件与 ${baseline.collectedAt.slice(0, 10)} 批准的基线一致`,
      },
      evidence: shown,
    });
  },
});

const digestEvidence = ({ path, kind, sha256 }: DigestedFile) =>
  nodeEvidence(
    'node.digests',
    path,
    kind === 'config'
      ? `sed -E '${secretsInLine}' ${shellWord(path)} | sha256sum | cut -d' ' -f1`
      : `sha256sum < ${shellWord(path)} | cut -d' ' -f1`,
    sha256,
    { en: 'as in the baseline', zh: '与基线一致' },
  );
