export * from './config/index.ts';
export { pgExporterCommand, pgExporterDropIn } from './command.ts';
export type { PgExporterOptions } from './options.ts';
export * from './pgbackrest/index.ts';
export type { ServedExporter } from './source-api.ts';
export { pgbouncerExporterCommand, pgbouncerExporterDropIn } from './pgbouncer/command.ts';
export type { PgbouncerExporterOptions } from './pgbouncer/options.ts';
export { startPgbouncerExporter } from './pgbouncer/start.ts';
export { startPgExporter } from './start.ts';
