import { resolve } from 'node:path';
import type { CommandContext, OptionSpec } from '@pgattest/runtime';
import { loadAuditConfig } from '../config/load.ts';
import { openStore } from '../evidence/open-store.ts';
import type { EvidenceStore } from '../evidence/store.ts';
import type { StoreSettings } from '../evidence/store-settings.ts';
import { auditRules } from '../rules.ts';
import { settingsOf } from '../settings.ts';
import { findText } from './source.ts';

/** Options that say where evidence is, for commands that only read it. */
export const evidenceOptions: readonly OptionSpec[] = [
  {
    flags: '-c, --config <file>',
    summary: 'configuration file that says where evidence is',
    env: 'PGATTEST_AUDIT_CONFIG',
  },
  { flags: '--evidence-dir <dir>', summary: 'folder that keeps evidence', env: 'PGATTEST_EVIDENCE_DIR' },
];

/** Where evidence is: the folder that was named, the store of the configuration, or `./evidence`. */
export async function storeSettingsOf(
  options: CommandContext['options'],
  named: string | undefined,
): Promise<StoreSettings> {
  const directory = named ?? findText(options, 'evidenceDir');
  if (directory !== undefined) return { kind: 'folder', directory: resolve(directory) };
  const file = findText(options, 'config');
  if (file === undefined) return { kind: 'folder', directory: resolve('evidence') };
  return settingsOf(await loadAuditConfig(file, auditRules), []).store;
}

/** Folder for reports: the one that was named, that of the configuration, or `./reports`. Errors: RuntimeError. */
export async function reportDirOf(options: CommandContext['options']): Promise<string> {
  const named = findText(options, 'reportDir');
  const file = findText(options, 'config');
  if (named !== undefined || file === undefined) return resolve(named ?? 'reports');
  return resolve(settingsOf(await loadAuditConfig(file, auditRules), []).reportDir);
}

/** Opens the store for one command and closes it behind it. Errors: RuntimeError, EvidenceError. */
export async function withStore<T>(
  { options, env, signal }: Pick<CommandContext, 'options' | 'env' | 'signal'>,
  named: string | undefined,
  use: (store: EvidenceStore) => Promise<T>,
): Promise<T> {
  const store = await openStore(await storeSettingsOf(options, named), { env, signal });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
