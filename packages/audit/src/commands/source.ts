import { resolve } from 'node:path';
import { RuntimeError, type CommandContext, type OptionSpec } from '@pgattest/runtime';
import { loadFrameworkFiles } from '../config/framework-files.ts';
import { defaultAuditConfig, loadAuditConfig, type LoadedAuditConfig } from '../config/load.ts';
import type { Framework } from '../framework.ts';
import { auditRules, type AuditRules } from '../rules.ts';
import { reportFormats, type ReportFormat } from '../report/formats/names.ts';
import { settingsOf, type AuditSettings } from '../settings.ts';

/** Options that say what is audited: a file, or clusters named on the command line. */
export const sourceOptions: readonly OptionSpec[] = [
  { flags: '-c, --config <file>', summary: 'configuration file (YAML)', env: 'PGATTEST_AUDIT_CONFIG' },
  { flags: '--cluster <name>', summary: 'audit this cluster only; without a file: its name' },
  { flags: '--instance <name=dsn...>', summary: 'without a file: an instance, pg-demo-1="host=… passfile=…"' },
  { flags: '--dsn <dsn>', summary: 'without a file: the only instance, called <cluster>-1' },
];

/** Options that lay over the configuration file. */
export const overrideOptions: readonly OptionSpec[] = [
  { flags: '--evidence-dir <dir>', summary: 'folder that keeps evidence', env: 'PGATTEST_EVIDENCE_DIR' },
  { flags: '--report-dir <dir>', summary: 'folder reports are written to', env: 'PGATTEST_REPORT_DIR' },
  {
    flags: '--framework <id...>',
    summary: `frameworks to report: ${auditRules.frameworks.map(({ id }) => id).join(', ')}, or one of your own`,
  },
  { flags: '--framework-file <file...>', summary: 'YAML files with frameworks of your own; reported too' },
  { flags: '--lang <language>', summary: 'language of the terminal', choices: ['en', 'zh'], env: 'PGATTEST_LANG' },
];

export const failOnOption: OptionSpec = {
  flags: '--fail-on <severity>',
  summary: 'lowest severity of a failure that makes the exit code 1',
  choices: ['critical', 'high', 'medium', 'low', 'info', 'never'],
};

/** Formats beside the usual ones, as one word list: `junit,sarif`. */
export const formatOption: OptionSpec = {
  flags: '--format <names>',
  summary: `also write, separated by commas: ${reportFormats.join(', ')}`,
};

/** Formats named on the command line; undefined when none was. Errors: RuntimeError usage. */
export function findFormats(options: CommandContext['options']): readonly ReportFormat[] | undefined {
  const named = findText(options, 'format');
  if (named === undefined) return undefined;
  const formats = named.split(',').map((word) => {
    const format = reportFormats.find((known) => known === word.trim());
    if (format !== undefined) return format;
    throw new RuntimeError('usage', `there is no report format "${word}"; there are ${reportFormats.join(', ')}`);
  });
  return [...new Set(formats)];
}

/** Settings from flags, environment, file and defaults, in that order. Errors: RuntimeError usage, config_invalid. */
export async function readSettings({ options }: Pick<CommandContext, 'options'>): Promise<AuditSettings> {
  const own = await loadFrameworkFiles(textList(options, 'frameworkFile'), auditRules);
  const known = { ...auditRules, frameworks: [...auditRules.frameworks, ...own] };
  const config = await readConfig(options, known);
  const byDefault = auditRules.frameworks.filter((framework) => framework.byDefault !== false).map(({ id }) => id);
  const settings = settingsOf(withFrameworks(config, own), byDefault);
  const ids = [...known.frameworks, ...config.ownFrameworks].map(({ id }) => id);
  const named = textList(options, 'framework');
  for (const id of named) {
    if (!ids.includes(id)) {
      throw new RuntimeError('usage', `there is no framework ${id}; there are ${ids.join(', ')}`);
    }
  }
  const failOn = failOns.find((word) => word === options['failOn']) ?? settings.failOn;
  const language = findText(options, 'lang') === 'zh' ? 'zh' : findText(options, 'lang') === 'en' ? 'en' : undefined;
  return {
    ...settings,
    ...evidenceIn(findText(options, 'evidenceDir'), settings),
    reportDir: resolve(findText(options, 'reportDir') ?? settings.reportDir),
    evaluation: named.length === 0 ? settings.evaluation : { ...settings.evaluation, frameworks: named },
    formats: findFormats(options) ?? settings.formats,
    failOn,
    language: language ?? settings.language,
  };
}

/** The frameworks of `--framework-file` are reported beside what the configuration asks for. */
function withFrameworks(config: LoadedAuditConfig, own: readonly Framework[]): LoadedAuditConfig {
  if (own.length === 0) return config;
  const named = config.frameworks === undefined ? undefined : [...config.frameworks];
  const added = own.map(({ id }) => id).filter((id) => named?.includes(id) !== true);
  return {
    ...config,
    ownFrameworks: [...config.ownFrameworks, ...own],
    ...(named === undefined ? {} : { frameworks: [...named, ...added] }),
  };
}

/** Evidence goes to the folder that was named, or where the configuration says. */
function evidenceIn(named: string | undefined, { evidenceDir, store }: AuditSettings) {
  if (named === undefined && store.kind !== 'folder') return { evidenceDir, store };
  const directory = resolve(named ?? evidenceDir);
  return { evidenceDir: directory, store: { kind: 'folder', directory } } as const;
}

const failOns = ['critical', 'high', 'medium', 'low', 'info', 'never'] as const;

async function readConfig(options: CommandContext['options'], known: AuditRules): Promise<LoadedAuditConfig> {
  const file = findText(options, 'config');
  const cluster = findText(options, 'cluster');
  const instances = textList(options, 'instance').map(splitInstance);
  const dsn = findText(options, 'dsn');
  if (file !== undefined) {
    if (instances.length > 0 || dsn !== undefined) {
      throw new RuntimeError(
        'usage',
        '--instance and --dsn are for a start without --config; declare instances in the file',
      );
    }
    const config = await loadAuditConfig(file, known);
    const clusters = config.clusters.filter(({ name }) => cluster === undefined || name === cluster);
    if (clusters.length === 0) {
      const names = config.clusters.map(({ name }) => name).join(', ');
      throw new RuntimeError('usage', `${file} declares no cluster ${cluster ?? ''}; it declares ${names}`);
    }
    return { ...config, clusters };
  }
  const name = cluster ?? 'postgres';
  if (dsn !== undefined) instances.push({ name: `${name}-1`, dsn });
  if (instances.length === 0) {
    throw new RuntimeError(
      'usage',
      'nothing to audit; give --config <file>, or --cluster <name> --instance <name=dsn>',
    );
  }
  return defaultAuditConfig([{ name, members: instances }], known);
}

function splitInstance(text: string): { readonly name: string; readonly dsn: string } {
  const [, name, dsn] = /^([a-z][a-z0-9-]*)=(.+)$/su.exec(text) ?? [];
  if (name !== undefined && dsn !== undefined) return { name, dsn };
  throw new RuntimeError('usage', 'an --instance is <name>=<dsn>, such as pg-demo-1="host=127.0.0.1 user=auditor"');
}

/** A text option, when it was given. */
export function findText(options: CommandContext['options'], name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An option that may be given several times, or take several words. */
export function textList(
  options: CommandContext['options'],
  name: string,
): readonly string[] & { readonly [index: number]: string } {
  const value = options[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
