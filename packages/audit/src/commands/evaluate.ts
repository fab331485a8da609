import { resolve } from 'node:path';
import { createColour, exitCode, RuntimeError, type CommandSpec } from '@pgattest/runtime';
import { publishRun } from '../publish.ts';
import { auditRules } from '../rules.ts';
import { renderJson } from '../report/json.ts';
import { reviewRun } from '../run.ts';
import { exitOf, worse } from './run.ts';
import { failOnOption, findFormats, findText, formatOption } from './source.ts';
import { renderVerdicts } from './verdict-table.ts';

/** `pgattest audit evaluate`: judge filed evidence again, offline. */
export const evaluateCommand: CommandSpec = {
  name: 'evaluate',
  summary: 'evaluate saved evidence again, offline',
  example: 'pgattest audit evaluate evidence/pg-demo/20261121T203319Z-1a2b3c4d --report-dir again',
  arguments: [{ syntax: '<evidence>', summary: 'evidence folder of one run' }],
  options: [
    { flags: '--report-dir <dir>', summary: 'write the report files there too' },
    { flags: '--lang <language>', summary: 'language of the terminal', choices: ['en', 'zh'], env: 'PGATTEST_LANG' },
    formatOption,
    { ...failOnOption, default: 'high' },
    { flags: '--json', summary: 'print report.json instead of the verdict table' },
  ],
  async run({ args, options, env, stdout, stderr, signal }) {
    const directory = findText(options, 'reportDir');
    const formats = findFormats(options) ?? [];
    if (formats.length > 0 && directory === undefined) {
      throw new RuntimeError('usage', '--format writes files; say where with --report-dir <dir>');
    }
    const run = await reviewRun(resolve(args[0] ?? '.'), auditRules);
    const language = findText(options, 'lang') === 'zh' ? 'zh' : 'en';
    const published =
      directory === undefined
        ? undefined
        : await publishRun(run, { directory: resolve(directory), formats, env, signal });
    if (published?.missing !== undefined) stderr.write(`note: ${published.missing}\n`);
    if (options['json'] === true) stdout.write(renderJson(run.report));
    else {
      stdout.write(renderVerdicts(run, language, createColour(stdout, env)));
      if (published !== undefined) stdout.write(`${language === 'en' ? 'report: ' : '报告：'}${published.folder}\n`);
    }
    const failOn = failOnWords.find((word) => word === options['failOn']) ?? 'high';
    const code = exitOf(run, { failOn });
    return published?.missing === undefined ? code : worse(code, exitCode.incomplete);
  },
};

const failOnWords = ['critical', 'high', 'medium', 'low', 'info', 'never'] as const;
