export { formatDiagnostic, type Diagnostic, type DiagnosticCode, type Place, type Severity } from './diagnostic.ts';
export { differenceOf, type CollectorDifference } from './difference.ts';
export { dumpCollectors } from './dump.ts';
export { dumpCommand } from './dump-command.ts';
export { lintCommand } from './lint-command.ts';
export { collectorConfigPaths, findCollectorConfig, loadCollectors, type LoadedCollectors } from './load-collectors.ts';
export { collectorFileSchema } from './schema.ts';
