import { resolve } from 'node:path';
import { createColour, type CommandSpec } from '@pgattest/runtime';
import { writeReport } from '../report-files.ts';
import { auditRules } from '../rules.ts';
import { filesOf, reviewRun } from '../run.ts';
import { exitOf } from './run.ts';
import { failOnOption, findText } from './source.ts';
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
    { ...failOnOption, default: 'high' },
    { flags: '--json', summary: 'print report.json instead of the verdict table' },
  ],
  async run({ args, options, env, stdout }) {
    const run = await reviewRun(resolve(args[0] ?? '.'), auditRules);
    const files = filesOf(run);
    const language = findText(options, 'lang') === 'zh' ? 'zh' : 'en';
    const directory = findText(options, 'reportDir');
    const folder = directory === undefined ? undefined : await writeReport(resolve(directory), run.report, files);
    if (options['json'] === true) stdout.write(files.get('report.json') ?? '');
    else {
      stdout.write(renderVerdicts(run, language, createColour(stdout, env)));
      if (folder !== undefined) stdout.write(`${language === 'en' ? 'report: ' : '报告：'}${folder}\n`);
    }
    const failOn = failOnWords.find((word) => word === options['failOn']) ?? 'high';
    return exitOf(run, { failOn });
  },
};

const failOnWords = ['critical', 'high', 'medium', 'low', 'info', 'never'] as const;
