import { defineClusterCheck, insufficientData, manual, undecided, type Evidence } from '../../check.ts';
import { recordsFor } from '../../changes/change-record.ts';
import { findChanges, type ItemChange } from '../../changes/find-changes.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { findSeen, seenMembers } from '../members.ts';
import { nameList } from '../name-list.ts';
import { settingEvidence } from '../setting-evidence.ts';

export const clusterChangesApproved = defineClusterCheck({
  id: 'cluster-changes-approved',
  catalogue: ['CHG-002'],
  title: { en: 'Changes since the run before were approved', zh: '自上次审计以来的变更均有审批记录' },
  severity: 'medium',
  rationale: {
    en: 'A setting, a rule of access, a role or a program that changed without a ticket is a mistake or an intrusion, and looks the same from outside.',
    zh: '无审批记录的参数、访问规则、账户或程序变更可能是误操作，也可能是入侵，外观并无区别。',
  },
  remediation: {
    en: 'Add the approved change to records.changes_file with its number, time and subjects; undo what nobody approved.',
    zh: '在 records.changes_file 中登记已批准变更的编号、时间和对象；未批准的变更应回退。',
  },
  fix: [
    `changes:\n  - {id: CHG-123, approved_by: cab, from: 2026-11-20, until: 2026-11-21, subjects: ['pg-test-*'], facts: [pg.settings]}`,
  ],
  needs: [
    'records.previous-run',
    'records.change-records',
    'pg.server',
    'pg.settings',
    'pg.hba',
    'pg.roles',
    'pg.extensions',
    'pg.tls-endpoint',
    'patroni.config',
    'node.firewall',
    'node.digests',
  ],
  optional: ['pg.hba', 'pg.tls-endpoint', 'patroni.config', 'node.firewall', 'node.digests'],
  members: 'partial',
  params: {
    /** Other settings tune; these guard. */
    securitySettings: [
      'allow_alter_system',
      'archive_command',
      'archive_mode',
      'authentication_timeout',
      'fsync',
      'full_page_writes',
      'hba_file',
      'ident_file',
      'listen_addresses',
      'local_preload_libraries',
      'log_connections',
      'log_destination',
      'log_directory',
      'log_disconnections',
      'log_file_mode',
      'log_line_prefix',
      'log_replication_commands',
      'log_statement',
      'logging_collector',
      'password_encryption',
      'port',
      'row_security',
      'scram_iterations',
      'session_preload_libraries',
      'shared_preload_libraries',
      'ssl',
      'ssl_ca_file',
      'ssl_cert_file',
      'ssl_ciphers',
      'ssl_key_file',
      'ssl_min_protocol_version',
      'synchronous_commit',
      'unix_socket_permissions',
      'wal_level',
    ],
  },
  evaluate(facts, { securitySettings }, { at }) {
    const [previous] = seenMembers(facts['records.previous-run']);
    const [declared] = seenMembers(facts['records.change-records']);
    if (previous === undefined || declared === undefined) {
      return undecided({ en: 'the records could not be read', zh: '审计记录无法读取，无法判定' });
    }
    const fileEvidence: Evidence = {
      fact: 'records.change-records',
      subject: declared.member,
      at: 'file of change records',
      actual: declared.value.file?.sha256 ?? '',
      expected: { en: 'with every change since the run before', zh: '登记自上次审计以来的全部变更' },
      shell: declared.value.file === null ? 'echo' : `sha256sum < {changes} | cut -d' ' -f1`,
    };
    const before = previous.value;
    if (before === null) {
      return insufficientData(
        { en: 'there is no run before this one to compare with', zh: '尚无上次审计记录可供比对' },
        fileEvidence,
      );
    }
    const { changes, unseen, compared } = findChanges(before.items, facts);
    const judged = changes.map((change) => ({
      change,
      record: recordsFor({ ...change, after: before.finishedAt, until: at }, declared.value.records)[0],
    }));
    const open = judged.filter(({ record }) => record?.status !== 'approved');
    const settings = open.slice(0, 20).flatMap(({ change }) => {
      const value = findSeen(facts['pg.settings'], change.subject);
      return change.fact === 'pg.settings' && value !== undefined && value[change.item] !== undefined
        ? [
            {
              ...settingEvidence(value, change.item, {
                en: change.before ?? 'not set',
                zh: change.before ?? '未设置',
              }),
              subject: change.subject,
            },
          ]
        : [];
    });
    const evidence = [fileEvidence, ...settings];
    if (open.length > 0 && declared.value.file === null) {
      const list = nameList(open.map(({ change }) => nameOf(change)));
      return manual(
        {
          en: `changed since ${before.finishedAt}, and no change records are declared (records.changes_file): ${list.en}`,
          zh: `自 ${before.finishedAt} 以来发生变更：${list.zh}；未声明变更记录（records.changes_file），应人工确认`,
        },
        ...evidence,
      );
    }
    const pending = open.filter(({ record }) => record !== undefined).map(({ change }) => change);
    const unlinked = open.filter(({ record }) => record === undefined).map(({ change }) => change);
    const isTuning = ({ fact, item }: ItemChange): boolean =>
      fact === 'pg.settings' && !securitySettings.includes(item);
    return verdictOf({
      complaints: [
        ...complain(
          'fail',
          unlinked.filter((change) => !isTuning(change)),
          'without a change record',
          '无变更记录',
        ),
        ...complain('warn', unlinked.filter(isTuning), 'tuned without a change record', '调优参数无变更记录'),
        ...complain('warn', pending, 'its change record is pending', '变更记录待审批'),
      ],
      unknown: unseen.map((name) => ({ en: `${name} was not seen this time`, zh: `本次未能采集 ${name}` })),
      good: {
        en: `${compared} facts compared with ${before.finishedAt}: ${changes.length === 0 ? 'nothing changed' : `${changes.length} changes, all of them approved`}`,
        zh: `与 ${before.finishedAt} 比对 ${compared} 项事实，${changes.length === 0 ? '无变更' : `${changes.length} 处变更均已审批`}`,
      },
      evidence,
    });
  },
});

const nameOf = ({ fact, subject, item }: ItemChange): string => `${item} of ${subject} (${fact})`;

function complain(
  level: Complaint['level'],
  found: readonly ItemChange[],
  en: string,
  zh: string,
): readonly Complaint[] {
  const list = nameList(found.map(nameOf));
  return found.length === 0 ? [] : [complaint(level, `${en}: ${list.en}`, `${zh}：${list.zh}`)];
}
