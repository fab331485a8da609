import { defineCheck, undecided, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { logSecretPattern } from '../../probes/node/server-log.ts';
import { shellQuote } from '../../psql-command.ts';
import { complaint, verdictOf } from '../complaints.ts';
import { isWithoutServer, noServerHere } from '../host-without-server.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

type Sample = FactMap['node.server-log']['samples'][number];

export const nodeLogNoPasswords = defineCheck({
  id: 'node-log-no-passwords',
  scope: 'node',
  catalogue: ['PWD-007'],
  title: { en: 'The log of the server holds no password', zh: '数据库日志中无口令' },
  severity: 'high',
  rationale: {
    en: 'ALTER ROLE … PASSWORD is a statement like any other: with it the password goes to the log, to its backups and to the log server. A sample is searched, the ends of the newest files of this member.',
    zh: 'ALTER ROLE … PASSWORD 与其他语句一样会被记录，口令随之进入日志、备份与日志服务器。本项在本成员最新日志文件的末尾部分中抽样检索。',
  },
  remediation: {
    en: 'Change the password that leaked, remove the lines, and set passwords with \\password, which sends a verifier.',
    zh: '更换已泄露的口令，清除相应日志行，并使用 \\password 设置口令（仅发送校验值）。',
  },
  fix: [String.raw`\password {role}`, 'SET log_statement = none'],
  needs: ['node.server-log'],
  params: {},
  evaluate({ 'node.server-log': { folder, state, samples } }, _, context) {
    if (isWithoutServer(context) && state === 'absent') return noServerHere(context);
    const folderEvidence = nodeEvidence(
      'node.server-log',
      'log folder',
      `test -r ${shellWord(folder)} && echo readable || echo absent`,
      state === 'present' ? 'readable' : 'absent',
      { en: 'readable', zh: 'readable' },
    );
    if (state !== 'present' || samples.length === 0) {
      return undecided(
        {
          en:
            state === 'denied'
              ? `${folder} may not be read`
              : `there is no log in ${folder}; name the folder in --paths`,
          zh: state === 'denied' ? `无权读取 ${folder}` : `${folder} 中没有日志，请用 --paths 指定目录`,
        },
        folderEvidence,
      );
    }
    const lines = samples.reduce((sum, sample) => sum + sample.lines, 0);
    return verdictOf({
      complaints: samples
        .filter(({ secretLines }) => secretLines > 0)
        .map((sample) =>
          complaint(
            'fail',
            `${sample.secretLines} lines of ${sample.path} look like passwords`,
            `${sample.path} 中有 ${sample.secretLines} 行疑似口令`,
            sampleEvidence(sample),
          ),
        ),
      good: {
        en: `none of ${lines} lines in ${samples.length} log files looks like a password`,
        zh: `抽样的 ${samples.length} 个日志文件共 ${lines} 行中未发现口令`,
      },
      evidence: samples.map(sampleEvidence),
    });
  },
});

/** The same bytes again, although the file grows. */
const sampleEvidence = ({ path, endBytes, readBytes, secretLines }: Sample): Evidence =>
  nodeEvidence(
    'node.server-log',
    `lines that look like passwords in bytes ${endBytes - readBytes} to ${endBytes} of ${path}`,
    `head -c ${endBytes} ${shellWord(path)} | tail -c ${readBytes} | grep -aciE ${shellQuote(logSecretPattern)} || true`,
    String(secretLines),
    { en: '0', zh: '0' },
  );
