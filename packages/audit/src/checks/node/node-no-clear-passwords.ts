import { defineCheck, type Evidence } from '../../check.ts';
import type { FactMap } from '../../facts.ts';
import { passwordPattern } from '../../password-pattern.ts';
import { shellQuote } from '../../psql-command.ts';
import { complaint, verdictOf, type Complaint } from '../complaints.ts';
import { nameList } from '../name-list.ts';
import { nodeEvidence, shellWord } from '../node-evidence.ts';

type ClearPasswords = FactMap['node.clear-passwords'];

export const nodeNoClearPasswords = defineCheck({
  id: 'node-no-clear-passwords',
  scope: 'node',
  catalogue: ['PWD-006'],
  title: {
    en: 'No password stands in arguments, environments, profiles or schedules',
    zh: '进程参数、环境变量、配置文件与计划任务中无明文口令',
  },
  severity: 'critical',
  rationale: {
    en: 'Arguments are readable to every account of the host, profiles and schedules get copied. Modes of files that hold passwords by their nature are judged by node-config-files-protected and pgbouncer-files-protected.',
    zh: '进程参数对主机所有账户可见，配置文件与计划任务易被复制。专用口令文件的权限由 node-config-files-protected 与 pgbouncer-files-protected 判断。',
  },
  remediation: {
    en: 'Use peer or cert, a .pgpass of mode 0600, or credentials of the service manager.',
    zh: '使用 peer 或 cert 认证、0600 权限的 .pgpass，或服务管理器的凭据机制。',
  },
  fix: ['chmod 0600 ~/.pgpass', 'unset PGPASSWORD', 'LoadCredential={name}:{path}'],
  needs: ['node.clear-passwords'],
  params: {},
  evaluate({ 'node.clear-passwords': seen }) {
    const files = seen.files.filter(({ lines = 0 }) => lines > 0);
    const environments = programsEvidence(
      'environments with PGPASSWORD',
      'environ',
      '-lzE',
      '^PGPASSWORD=',
      seen.environments,
    );
    const words = programsEvidence('arguments with a password', 'cmdline', '-lziE', passwordPattern, seen.arguments);
    return verdictOf({
      complaints: [
        ...programs(seen.arguments, 'fail', 'arguments of', 'a password', '的参数中含有口令', words),
        ...programs(
          seen.environments,
          'warn',
          'the environment of',
          'PGPASSWORD',
          '的环境变量含有 PGPASSWORD',
          environments,
        ),
        ...files.map((file) => {
          const isOpen = !(file.mode ?? '').endsWith('00');
          return complaint(
            isOpen ? 'fail' : 'warn',
            `${file.lines ?? 0} lines of ${file.path} (mode ${file.mode ?? ''}) look like passwords`,
            `${file.path}（权限 ${file.mode ?? ''}）中有 ${file.lines ?? 0} 行疑似口令`,
            linesEvidence(file),
          );
        }),
      ],
      unknown: [
        ...(seen.unreadable === 0
          ? []
          : [
              {
                en: `environments of ${seen.unreadable} processes may not be read; run collect-node as root`,
                zh: `无权读取 ${seen.unreadable} 个进程的环境变量，请以 root 运行 collect-node`,
              },
            ]),
        ...seen.files
          .filter(({ state }) => state === 'denied')
          .map(({ path }) => ({ en: `${path} may not be read`, zh: `无权读取 ${path}` })),
      ],
      good: {
        en: `no password among arguments and environments, and none in ${seen.files.length} profiles and schedules`,
        zh: `进程参数与环境变量中无口令，${seen.files.length} 个配置与计划任务文件中无口令`,
      },
      evidence: [words, environments, ...seen.files.filter(({ state }) => state === 'present').map(linesEvidence)],
    });
  },
});

const programs = (
  names: readonly string[],
  level: Complaint['level'],
  where: string,
  what: string,
  zh: string,
  evidence: Evidence,
): readonly Complaint[] =>
  names.length === 0
    ? []
    : [complaint(level, `${where} ${nameList(names).en} hold ${what}`, `进程 ${nameList(names).zh} ${zh}`, evidence)];

/** Names of the programs, each once; the pattern does not match itself among the arguments of this command. */
const programsEvidence = (
  at: string,
  file: string,
  flags: string,
  pattern: string,
  names: readonly string[],
): Evidence =>
  nodeEvidence(
    'node.clear-passwords',
    at,
    `grep ${flags} ${shellQuote(pattern)} /proc/[0-9]*/${file} 2>/dev/null | while read -r path; do cat "\${path%${file}}comm"; done | LC_ALL=C sort -u`,
    names.join('\n'),
    { en: 'nothing', zh: '无' },
  );

const linesEvidence = ({ path, lines = 0 }: ClearPasswords['files'][number]): Evidence =>
  nodeEvidence(
    'node.clear-passwords',
    `lines of ${path} that look like passwords`,
    `grep -ciE ${shellQuote(passwordPattern)} ${shellWord(path)} || true`,
    String(lines),
    { en: '0', zh: '0' },
  );
