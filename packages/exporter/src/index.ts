export * from './config/index.ts';
export { pgExporterCommand, pgExporterDropIn } from './command.ts';
export type { PgExporterOptions } from './options.ts';
export type { ServedExporter } from './source-api.ts';
export { startPgExporter } from './start.ts';
