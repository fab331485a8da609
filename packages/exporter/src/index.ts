export * from './config/index.ts';
export { pgExporterCommand, pgExporterDropIn } from './command.ts';
export type { PgExporter, PgExporterOptions } from './options.ts';
export { startPgExporter } from './start.ts';
