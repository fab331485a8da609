export type { Diagnostic, Place } from './diagnostic.ts';
export { formatDiagnostic } from './diagnostic.ts';
export { dumpCollectors } from './dump.ts';
export {
  collectorConfigPaths,
  findCollectorConfig,
  loadCollectors,
  type LoadedCollectors,
} from './load-collectors.ts';
