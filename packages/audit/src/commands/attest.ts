import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import {
  createColour,
  exitCode,
  findNearest,
  loadSigningKey,
  redactSecrets,
  renderTable,
  RuntimeError,
  writeFileAtomic,
  type CommandContext,
  type CommandSpec,
} from '@pgattest/runtime';
import type { AttestationDecision, AttestationRecord } from '../attest/attestation-record.ts';
import { folderOf, hashDocument } from '../attest/read-attestations.ts';
import { sealAttestation } from '../attest/seal-attestation.ts';
import type { AttestationUnit } from '../attestation.ts';
import { attestations } from '../attestations/index.ts';
import { loadAuditConfig } from '../config/load.ts';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { sha256 } from '../evidence/hash.ts';
import { auditRules } from '../rules.ts';
import { findText } from './source.ts';

const decisions: readonly AttestationDecision[] = ['confirmed', 'partly', 'not_met', 'not_applicable'];

/** `pgattest audit attest`: put down what a person confirms, with the document that shows it. */
export const attestCommand: CommandSpec = {
  name: 'attest',
  summary: 'record what a person confirms, or renew it; without an id: list what there is to confirm',
  example:
    'pgattest audit attest attest-incident-plan --cluster pg-demo --signer "Li Lei, security" --file plan.pdf --config audit.yml',
  arguments: [{ syntax: '[id]', summary: 'attestation' }],
  options: [
    {
      flags: '-c, --config <file>',
      summary: 'configuration file that says where attestations are',
      env: 'PGATTEST_AUDIT_CONFIG',
    },
    { flags: '--attestations-dir <dir>', summary: 'folder of attestations; attestations by default' },
    { flags: '--cluster <name>', summary: 'cluster it is about; every cluster by default' },
    { flags: '--signer <name>', summary: 'who confirms it, with the role' },
    { flags: '--file <document>', summary: 'document that shows it; it is hashed, not copied' },
    { flags: '--decision <decision>', summary: 'what the signer says', choices: [...decisions], default: 'confirmed' },
    { flags: '--note <text>', summary: 'why, where it is not simply confirmed' },
    { flags: '--from <day>', summary: 'first valid day (UTC): 2026-11-22; today by default' },
    { flags: '--until <day>', summary: 'last valid day; as long as this attestation may stand by default' },
    { flags: '--key <file>', summary: "signer's private key (audit keygen)" },
    { flags: '--lang <language>', summary: 'language of the list', choices: ['en', 'zh'], env: 'PGATTEST_LANG' },
  ],
  async run(context) {
    const [id] = context.args;
    if (id === undefined) {
      context.stdout.write(list(context));
      return exitCode.ok;
    }
    const unit = unitOf(id);
    const directory = await directoryOf(context.options);
    const cluster = findText(context.options, 'cluster') ?? '*';
    if (cluster !== '*' && !/^[a-z][a-z0-9-]*$/u.test(cluster)) {
      throw new RuntimeError('usage', `${cluster} is no name of a cluster`);
    }
    const file = join(directory, folderOf(cluster), `${unit.id}.json`);
    const record = await recordOf(unit, cluster, directory, file, context);
    const keyFile = findText(context.options, 'key');
    const key = keyFile === undefined ? undefined : await loadSigningKey(keyFile, 'pgattest audit keygen');
    await write(file, canonicalJson(sealAttestation(record, key)));
    const how = record.renews === undefined ? 'written' : 'renewed';
    context.stdout.write(`${how}: ${file}, valid ${record.validFrom} to ${record.validUntil}\n`);
    return exitCode.ok;
  },
};

function unitOf(id: string): AttestationUnit {
  const unit = attestations.find((candidate) => candidate.id === id);
  if (unit !== undefined) return unit;
  const nearest = findNearest(
    id,
    attestations.map((candidate) => candidate.id),
  );
  throw new RuntimeError(
    'usage',
    `there is no attestation ${id}; ${nearest === undefined ? '"audit attest" lists them' : `did you mean ${nearest}?`}`,
  );
}

async function directoryOf(options: CommandContext['options']): Promise<string> {
  const named = findText(options, 'attestationsDir');
  if (named !== undefined) return resolve(named);
  const file = findText(options, 'config');
  return file === undefined ? resolve('attestations') : (await loadAuditConfig(file, auditRules)).attestations_dir;
}

async function recordOf(
  unit: AttestationUnit,
  cluster: string,
  directory: string,
  file: string,
  { options }: CommandContext,
): Promise<AttestationRecord> {
  const decision = decisions.find((word) => word === options['decision']) ?? 'confirmed';
  const signer = findText(options, 'signer');
  const note = findText(options, 'note');
  const document = findText(options, 'file');
  if (signer === undefined)
    throw new RuntimeError('usage', 'name who confirms it: --signer "Li Lei, security officer"');
  if (document === undefined && (decision === 'confirmed' || decision === 'partly')) {
    throw new RuntimeError('usage', `name the document that shows it: --file plan.pdf. ${unit.document.en}`);
  }
  if (note === undefined && decision !== 'confirmed') {
    throw new RuntimeError('usage', `say why it is ${decision}: --note "…"`);
  }
  const now = new Date();
  const validFrom = dayOf(options, 'from') ?? now.toISOString().slice(0, 10);
  const longest = addDays(validFrom, unit.validDays);
  const validUntil = dayOf(options, 'until') ?? longest;
  if (validUntil > longest) {
    throw new RuntimeError(
      'usage',
      `${unit.id} stands for at most ${unit.validDays} days, until ${longest}; --until ${validUntil} is later`,
    );
  }
  if (validUntil < validFrom)
    throw new RuntimeError('usage', `--until ${validUntil} is before its first day, ${validFrom}`);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  return {
    formatVersion: 1,
    id: unit.id,
    cluster,
    decision,
    // It is printed in every report.
    ...(note === undefined ? {} : { note: redactSecrets(note) }),
    signer,
    signedAt: now.toISOString(),
    validFrom,
    validUntil,
    ...(document === undefined ? {} : { document: await describeDocument(directory, resolve(document)) }),
    ...(before === undefined ? {} : { renews: sha256(before) }),
  };
}

async function describeDocument(directory: string, path: string): Promise<NonNullable<AttestationRecord['document']>> {
  if (/[\r\n\\]/u.test(path))
    throw new RuntimeError(
      'usage',
      `the path of the document holds a backslash or a line break: ${JSON.stringify(path)}`,
    );
  const hashed = await hashDocument(path).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RuntimeError('file_unreadable', `cannot read the document ${path}: ${why}`, { cause });
  });
  // A document kept beside the records moves with them.
  const inside = relative(directory, path);
  return { path: inside.startsWith('..') ? path : inside, ...hashed };
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o750 });
    await writeFileAtomic(file, text, 0o640);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RuntimeError('file_unreadable', `cannot write the attestation ${file}: ${why}`, { cause });
  }
}

/** A day that the calendar has. Errors: RuntimeError usage. */
function dayOf(options: CommandContext['options'], name: string): string | undefined {
  const text = findText(options, name);
  if (text === undefined) return undefined;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text))
    return text;
  throw new RuntimeError('usage', `--${name} ${text} is no day of the calendar; write it like 2026-11-22`);
}

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function list({ options, stdout, env }: CommandContext): string {
  const language = findText(options, 'lang') === 'zh' ? 'zh' : 'en';
  return `${renderTable({
    head:
      language === 'zh'
        ? ['编号', '有效天数', '级别', '须确认的事项']
        : ['id', 'days', 'severity', 'what is confirmed'],
    align: ['left', 'right', 'left', 'left'],
    rows: attestations.map((unit) => [unit.id, String(unit.validDays), unit.severity, unit.title[language]]),
    colour: createColour(stdout, env),
  })}\n`;
}
