export * from './assurance.ts';
export * from './backup.ts';
export * from './exporter.ts';
export * from './last-backup.ts';
export * from './operation.ts';
export * from './recovery.ts';
export * from './stanza.ts';
export * from './wal.ts';
