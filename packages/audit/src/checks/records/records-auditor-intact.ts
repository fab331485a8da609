import { defineCheck, manual } from '../../check.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence } from '../node-evidence.ts';

export const recordsAuditorIntact = defineCheck({
  id: 'records-auditor-intact',
  scope: 'records',
  catalogue: ['CHG-005'],
  title: { en: 'The auditor is the program it says it is', zh: '审计程序自身完整' },
  severity: 'info',
  rationale: {
    en: 'A verdict is worth what the program is that gave it: whoever can change the auditor can make any cluster pass.',
    zh: '审计结论依赖审计程序本身，能篡改审计程序者可使任何集群通过。',
  },
  remediation: {
    en: 'Install the auditor again from its package, and declare the digest of its program in the parameters of this check.',
    zh: '从软件包重新安装审计程序，并在本检查参数中声明其程序摘要。',
  },
  fix: [
    'params:\n  records-auditor-intact:\n    programSha256: {digest that the evidence prints on a fresh installation}',
  ],
  needs: ['records.auditor'],
  /** Digests that the operator took from a fresh installation; empty: the run before is compared with. */
  params: { programSha256: '', rulesSha256: '' },
  evaluate({ 'records.auditor': auditor }, { programSha256, rulesSha256 }, { at }) {
    const { version, previous, account } = auditor;
    const evidence = nodeEvidence(
      'records.auditor',
      `program of version ${version}, run by ${account}, rules ${auditor.rulesSha256.slice(0, 16)}`,
      `cd {program} && find . -name '*.js' -type f | LC_ALL=C sort | xargs -r sha256sum | sha256sum | cut -d' ' -f1`,
      auditor.programSha256,
      programSha256 === ''
        ? { en: 'as on a fresh installation', zh: '与全新安装一致' }
        : { en: programSha256, zh: programSha256 },
    );
    const isSameVersion = previous?.version === version;
    const complaints = [
      ...(programSha256 !== '' && programSha256 !== auditor.programSha256
        ? [complaint('fail', 'its program is not the one that was declared', '程序摘要与声明不一致')]
        : []),
      ...(rulesSha256 !== '' && rulesSha256 !== auditor.rulesSha256
        ? [complaint('fail', 'its rules are not those that were declared', '规则摘要与声明不一致')]
        : []),
      ...(programSha256 === '' &&
      isSameVersion &&
      (previous.programSha256 ?? auditor.programSha256) !== auditor.programSha256
        ? [
            complaint(
              'fail',
              `its program changed since ${previous.runId}, its version did not`,
              `版本未变而程序自 ${previous.runId} 起改变`,
            ),
          ]
        : []),
      ...(rulesSha256 === '' && isSameVersion && (previous.rulesSha256 ?? auditor.rulesSha256) !== auditor.rulesSha256
        ? [
            complaint(
              'fail',
              `its rules changed since ${previous.runId}, its version did not`,
              `版本未变而规则自 ${previous.runId} 起改变`,
            ),
          ]
        : []),
      ...(previous !== null && Date.parse(previous.finishedAt) > Date.parse(at)
        ? [
            complaint(
              'fail',
              `its clock is behind the run before (${previous.finishedAt})`,
              `时钟早于上次审计（${previous.finishedAt}）`,
            ),
          ]
        : []),
    ];
    const isCompared = programSha256 !== '' || (isSameVersion && previous.programSha256 !== null);
    if (complaints.length === 0 && !isCompared) {
      return manual(
        {
          en: `version ${version} runs here for the first time, and no digest of it is declared (params.records-auditor-intact.programSha256)`,
          zh: `版本 ${version} 首次运行，且未声明其程序摘要（params.records-auditor-intact.programSha256），应人工确认`,
        },
        evidence,
      );
    }
    return verdictOf({
      complaints,
      good: {
        en: `version ${version} with ${auditor.programFiles} files is ${programSha256 === '' ? 'the same as in the run before' : 'as declared'}`,
        zh: `版本 ${version} 共 ${auditor.programFiles} 个文件，与${programSha256 === '' ? '上次审计' : '声明'}一致`,
      },
      evidence: [evidence],
    });
  },
});
