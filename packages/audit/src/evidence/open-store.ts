import { folderStore } from './folder-store.ts';
import type { EvidenceStore } from './store.ts';
import type { StoreSettings } from './store-settings.ts';

export interface OpenStoreOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Opens the store that is configured. The caller closes it. Errors: RuntimeError usage, EvidenceError unreadable. */
export async function openStore(settings: StoreSettings, options: OpenStoreOptions): Promise<EvidenceStore> {
  if (settings.kind === 'folder') return folderStore(settings.directory);
  // Clients are loaded when they are asked for: most auditors keep a folder.
  if (settings.kind === 'postgres') {
    const { openPostgresStore } = await import('./postgres/postgres-store.ts');
    return openPostgresStore(settings, options);
  }
  const { openS3Store } = await import('./s3/s3-store.ts');
  return openS3Store(settings, options);
}
