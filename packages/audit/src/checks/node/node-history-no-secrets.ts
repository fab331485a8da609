import { defineCheck } from '../../check.ts';
import { historySecretPattern } from '../../probes/node/shell-histories.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';
import { shellQuote } from '../../psql-command.ts';

export const nodeHistoryNoSecrets = defineCheck({
  id: 'node-history-no-secrets',
  scope: 'node',
  catalogue: ['OS-017'],
  title: { en: 'Shell and psql histories hold no secrets', zh: 'Shell 及 psql 历史记录不含敏感信息' },
  severity: 'low',
  rationale: {
    en: 'A password that was typed once stays in the history file, readable to backups and to whoever gets the account.',
    zh: '输入过的口令会留存在历史文件中，可被备份和取得账户者读取。',
  },
  remediation: {
    en: 'Link the history files of the database account to /dev/null, and change the passwords that were in them.',
    zh: '将数据库账户的历史文件链接到 /dev/null，并更换已泄露的口令。',
  },
  fix: ['ln -sf /dev/null ~postgres/.psql_history', 'ln -sf /dev/null ~postgres/.bash_history'],
  needs: ['node.shell-histories'],
  params: {},
  evaluate({ 'node.shell-histories': histories }) {
    const kept = histories.filter(({ state }) => state === 'kept');
    return verdictOf({
      complaints: kept.map(({ path, secretLines = 0 }) =>
        secretLines > 0
          ? complaint(
              'fail',
              `${secretLines} lines of ${path} look like secrets`,
              `${path} 中有 ${secretLines} 行疑似含有口令`,
              secretEvidence(path, secretLines),
            )
          : complaint('warn', `${path} keeps what is typed`, `${path} 保留了操作历史`, sizeEvidence(path, true)),
      ),
      unknown: histories
        .filter(({ state }) => state === 'denied')
        .map(({ path }) => ({ en: `${path} may not be read`, zh: `无权读取 ${path}` })),
      good: { en: 'no history is kept', zh: '未保留历史记录' },
      evidence: histories.map(({ path, state }) => sizeEvidence(path, state === 'kept')),
    });
  },
});

const secretEvidence = (path: string, lines: number) =>
  nodeEvidence(
    'node.shell-histories',
    `lines of ${path} that look like secrets`,
    `grep -ciE ${shellQuote(historySecretPattern)} ${shellWord(path)}`,
    String(lines),
    { en: '0', zh: '0' },
  );

const sizeEvidence = (path: string, isKept: boolean) =>
  nodeEvidence(
    'node.shell-histories',
    path,
    `test -f ${shellWord(path)} -a -s ${shellWord(path)} && echo kept || echo none`,
    isKept ? 'kept' : 'none',
    { en: 'none', zh: 'none' },
  );
