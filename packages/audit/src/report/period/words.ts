import type { DayState } from '../../history/period/day-state.ts';
import type { EpisodeState } from '../../history/period/episodes.ts';
import type { PeriodWaiver } from '../../history/period/waivers-in-period.ts';
import type { Presence } from '../../history/period/population.ts';
import type { Text } from '../../text.ts';

/** What each state of a day is called, and what it means. */
export const stateWords: Readonly<Record<DayState, { readonly name: Text; readonly meaning: Text }>> = {
  fail: {
    name: { en: 'failed', zh: '未通过' },
    meaning: { en: 'at least one run of the day shows a failure', zh: '当日至少一次运行显示未通过' },
  },
  unknown: {
    name: { en: 'not known', zh: '未知' },
    meaning: {
      en: 'no run of the day failed, but at least one could not decide it, gave no result, or does not verify',
      zh: '当日没有未通过，但至少一次运行无法判定、没有结果，或其证据未通过校验',
    },
  },
  excepted: {
    name: { en: 'excepted', zh: '例外' },
    meaning: { en: 'a failure or warning under an approved exception', zh: '未通过或部分符合，但有已批准的例外' },
  },
  part: {
    name: { en: 'in part', zh: '部分符合' },
    meaning: { en: 'met in part, or met by weaker means', zh: '部分符合，或以较弱措施符合' },
  },
  pass: {
    name: { en: 'passed', zh: '通过' },
    meaning: {
      en: 'every run of the day decided it, and all results that apply pass',
      zh: '当日每次运行均已判定，且适用结果全部通过',
    },
  },
  not_applicable: {
    name: { en: 'not applicable', zh: '不适用' },
    meaning: { en: 'its precondition is absent', zh: '不具备适用前提' },
  },
  no_run: {
    name: { en: 'no run', zh: '无运行' },
    meaning: {
      en: 'nobody looked on that day: neither good nor bad, never a pass',
      zh: '当日没有运行：既非符合也非不符合，绝不计为通过',
    },
  },
};

export const presenceWords: Readonly<Record<Presence, Text>> = {
  in_scope: { en: 'in scope', zh: '在范围内' },
  silent: { en: 'in scope, no answer', zh: '在范围内，未应答' },
  absent: { en: 'not in scope', zh: '不在范围内' },
  unknown: { en: 'not known', zh: '未知' },
  no_run: { en: 'no run', zh: '无运行' },
};

export const episodeWords: Readonly<Record<EpisodeState, Text>> = {
  closed: { en: 'closed', zh: '已消除' },
  open: { en: 'open', zh: '仍存在' },
  excepted: { en: 'accepted under an exception', zh: '经例外接受' },
  undecided: { en: 'open, not decided lately', zh: '仍存在，近期无法判定' },
  gone: { en: 'open, no longer examined', zh: '仍存在，已不再检查' },
};

export const waiverWords: Readonly<Record<PeriodWaiver['state'], Text>> = {
  in_force: { en: 'in force', zh: '有效' },
  expired: { en: 'expired', zh: '已过期' },
  removed: { en: 'no longer listed', zh: '已移出清单' },
};

/** What the report of a period says beside them. */
export const words = {
  title: { en: 'Report on a period', zh: '周期审计报告' },
  period: { en: 'Period', zh: '周期' },
  utcDays: { en: 'days of UTC, both included', zh: '按 UTC 计日，含首尾两日' },
  notAPoint: {
    en: 'Every state is what runs recorded at the time. Nothing was judged again, and a day without a run shows nothing.',
    zh: '各状态均为运行当时的记录，未作重新判定；没有运行的日子不说明任何情况。',
  },
  summary: { en: 'Summary', zh: '概要' },
  schedule: { en: 'Schedule of runs', zh: '运行计划与缺口' },
  population: { en: 'Population: objects in scope', zh: '总体：范围内的对象' },
  calendar: { en: 'Calendar of controls', zh: '控制措施日历' },
  findings: { en: 'Findings opened and closed', zh: '问题的出现与消除' },
  waivers: { en: 'Exceptions in the period', zh: '周期内的例外' },
  samples: { en: 'Samples', zh: '抽样' },
  evidence: { en: 'Evidence index', zh: '证据索引' },
  legend: { en: 'Legend', zh: '图例' },

  run: { en: 'Run', zh: '运行编号' },
  runs: { en: 'Runs', zh: '运行次数' },
  days: { en: 'Days', zh: '天数' },
  daysWithRun: { en: 'Days with a run', zh: '有运行的天数' },
  daysWithout: { en: 'Days without a run', zh: '无运行的天数' },
  every: { en: 'Planned at least every', zh: '计划间隔（最长）' },
  longestGap: { en: 'Longest time without a run', zh: '最长无运行时间' },
  gaps: { en: 'Gaps', zh: '缺口' },
  gapsNote: {
    en: 'Times without a run that exceed the plan by more than half, the ends of the period included.',
    zh: '超出计划间隔一半以上的无运行时段，包含周期首尾。',
  },
  gapsNone: { en: 'No run was left out.', zh: '没有遗漏的运行。' },
  from: { en: 'From', zh: '开始' },
  to: { en: 'To', zh: '结束' },
  duration: { en: 'Duration', zh: '时长' },
  unverified: { en: 'Runs that do not verify', zh: '未通过校验的运行' },
  unverifiedNote: {
    en: 'Their records are in the chain, their evidence is not what was filed. Failures they recorded count; anything else of them is not known.',
    zh: '其记录在链中，但证据与归档时不符。其记录的未通过仍然计入，其余一律视为未知。',
  },
  unverifiedNone: { en: 'The evidence of every run verifies.', zh: '所有运行的证据均通过校验。' },
  evidenceUnread: {
    en: 'Only manifest and configuration of each run were verified (--no-evidence); the observations were not read.',
    zh: '仅校验了各次运行的清单与配置（--no-evidence），未读取观察证据。',
  },
  signaturesUnread: {
    en: 'Signatures were not verified: no public key was given.',
    zh: '未提供公钥，未校验签名。',
  },
  signaturesRead: { en: 'Every signature was verified.', zh: '签名均已校验。' },

  object: { en: 'Object', zh: '对象' },
  kind: { en: 'Kind', zh: '类别' },
  inScope: { en: 'In scope', zh: '在范围内（次）' },
  answered: { en: 'Answered', zh: '应答（次）' },
  moves: { en: 'Joined or left', zh: '加入与退出' },
  joined: { en: 'joined', zh: '加入' },
  left: { en: 'left', zh: '退出' },
  throughout: { en: 'no change', zh: '无变化' },
  comparedWith: { en: 'Compared with the run before the period', zh: '与周期前最后一次运行比较' },
  notCompared: {
    en: 'There is no readable run before the period: what the first run saw counts as present from the begin.',
    zh: '周期前没有可读的运行：首次运行所见视为自始存在。',
  },

  control: { en: 'Control', zh: '控制措施' },
  clause: { en: 'Clause', zh: '条款' },
  controls: { en: 'Controls', zh: '控制措施' },
  calendarNote: {
    en: 'One cell a day: the worst result over all objects and all runs of that day. Controls with a bad day come first.',
    zh: '每日一格：取当日所有运行、所有对象中最差的结果。有异常日的控制措施在前。',
  },
  clauseNote: {
    en: 'Judged by the present wording of each clause from the results as recorded. What a person must add is not in the cells.',
    zh: '按条款现行内容，依据当时记录的结果判定。须由人员补充的内容不在格内。',
  },
  byPerson: { en: 'A person must add', zh: '须由人员补充' },
  noControl: { en: 'no check or attestation', zh: '无检查项或证明' },
  unknownControl: { en: 'unknown to this version', zh: '本版本未知' },
  failedDays: { en: 'Failed', zh: '未通过' },
  unknownDays: { en: 'Not known', zh: '未知' },
  passedDays: { en: 'Passed', zh: '通过' },
  noRunDays: { en: 'No run', zh: '无运行' },
  deviations: { en: 'Controls with a failed day', zh: '有未通过日的控制措施' },
  deviationsNone: { en: 'No control has a failed day.', zh: '没有控制措施出现未通过日。' },
  undecidedControls: { en: 'Controls with a day not known', zh: '有未知日的控制措施' },

  finding: { en: 'Finding', zh: '问题' },
  opened: { en: 'Opened', zh: '出现' },
  openedOrReopened: { en: 'Opened or reopened', zh: '出现或再次出现' },
  reopened: { en: 'Reopened', zh: '再次出现' },
  closed: { en: 'Closed', zh: '消除' },
  openAtBegin: { en: 'Open at the begin', zh: '期初存在' },
  openAtEnd: { en: 'Open at the end', zh: '期末存在' },
  meanTimeToClose: { en: 'Mean time to close', zh: '平均消除时间' },
  state: { en: 'State at the end', zh: '期末状态' },
  openFor: { en: 'Open for', zh: '持续' },
  atLeast: { en: 'at least', zh: '至少' },
  unproven: { en: 'closed by a run that does not verify', zh: '由未通过校验的运行消除' },
  findingsNote: {
    en: 'Times are ends of runs: a finding began and ended somewhere between two of them. A finding nobody could decide stays open.',
    zh: '时间为运行结束时刻：问题实际发生与消除在前后两次运行之间。无法判定的问题视为仍存在。',
  },
  findingsNone: { en: 'No finding was open in the period.', zh: '周期内没有存在的问题。' },
  warningOnly: { en: 'warning', zh: '部分符合' },
  failure: { en: 'failure', zh: '不符合' },

  waiver: { en: 'Exception', zh: '例外' },
  scope: { en: 'Check and object', zh: '检查项与对象' },
  reason: { en: 'Justification', zh: '理由' },
  owner: { en: 'Owner', zh: '责任人' },
  approval: { en: 'Approval', zh: '审批' },
  until: { en: 'Valid until', zh: '有效期至' },
  listed: { en: 'Listed in runs', zh: '所在运行' },
  covered: { en: 'Results excused', zh: '豁免的结果' },
  waiversNone: { en: 'No run of the period had an exception.', zh: '周期内的运行均没有例外。' },

  seed: { en: 'Seed', zh: '种子' },
  size: { en: 'Size', zh: '样本量' },
  of: { en: 'of', zh: '共' },
  samplesNote: {
    en: 'The ids whose SHA-256 over seed, line break and id is lowest, in that order: anybody draws the same sample again.',
    zh: '按“种子、换行、编号”的 SHA-256 由小到大取前若干项，任何人都能复现。',
  },
  sampleByHand: { en: 'Rank of an id', zh: '编号的排序值' },
  sampleOfRuns: { en: 'Runs', zh: '运行' },
  sampleOfObjects: { en: 'Objects', zh: '对象' },
  sampleOfFindings: { en: 'Findings opened in the period', zh: '周期内出现的问题' },

  chainHead: { en: 'Head of the chain', zh: '链头' },
  record: { en: 'Record', zh: '记录' },
  filedAt: { en: 'filed', zh: '归档' },
  signedBy: { en: 'signed by key', zh: '签名密钥' },
  notSigned: { en: 'not signed', zh: '未签名' },
  store: { en: 'Store', zh: '存储' },
  rulesUsed: { en: 'Rules that judged', zh: '判定所用规则' },
  since: { en: 'since', zh: '自' },
  reevaluations: { en: 'Runs judged again in the period', zh: '周期内重新判定的运行' },
  results: { en: 'results differ', zh: '项结果不同' },
  notes: { en: 'Notes of the verification', zh: '校验说明' },
  files: { en: 'Files', zh: '文件数' },
  verified: { en: 'verified', zh: '已校验' },
  broken: { en: 'does not verify', zh: '未通过校验' },
  manifest: { en: 'Digest of the manifest', zh: '清单摘要' },
  merkleRoot: { en: 'Merkle root', zh: 'Merkle 根' },
  verifyByHand: { en: 'Verify', zh: '校验' },
} as const satisfies Readonly<Record<string, Text>>;

/** `3 d 4 h`, `5 h 10 min`, `40 min`: the two largest units. */
export function durationWords(ms: number): Text {
  const minutes = Math.round(ms / 60_000);
  const parts: readonly (readonly [number, string, string])[] = [
    [Math.floor(minutes / 1440), 'd', '天'],
    [Math.floor((minutes % 1440) / 60), 'h', '小时'],
    [minutes % 60, 'min', '分钟'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  const shown = parts.slice(Math.max(first, 0), Math.max(first, 0) + 2).filter(([count]) => count > 0);
  if (first < 0) return { en: '0 min', zh: '0 分钟' };
  return {
    en: shown.map(([count, unit]) => `${count} ${unit}`).join(' '),
    zh: shown.map(([count, , unit]) => `${count} ${unit}`).join(' '),
  };
}

const s = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** What the cover says first. */
export function verdictWords(failed: number, unknown: number, withoutRun: number, unverified: number): readonly Text[] {
  return [
    failed === 0
      ? { en: 'No control failed on a day that was looked at.', zh: '在有运行的日子里，没有控制措施未通过。' }
      : {
          en: `${s(failed, 'control', 'controls')} failed on at least one day.`,
          zh: `${failed} 项控制措施至少有一日未通过。`,
        },
    ...(unknown === 0
      ? []
      : [
          {
            en: `${s(unknown, 'control is', 'controls are')} not known on at least one day with a run.`,
            zh: `${unknown} 项控制措施在有运行的日子里至少有一日未知。`,
          },
        ]),
    ...(withoutRun === 0
      ? []
      : [{ en: `${s(withoutRun, 'day has', 'days have')} no run.`, zh: `${withoutRun} 天没有运行。` }]),
    ...(unverified === 0
      ? []
      : [{ en: `${s(unverified, 'run does', 'runs do')} not verify.`, zh: `${unverified} 次运行未通过校验。` }]),
  ];
}
