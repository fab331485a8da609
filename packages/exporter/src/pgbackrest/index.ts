export { backrestExporterCommand, backrestExporterDropIn, openBackrestExporter } from './command.ts';
export type { BackrestExporterOptions } from './options.ts';
export { startBackrestExporter } from './start.ts';
