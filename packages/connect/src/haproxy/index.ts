export { readHaproxyInfo, readHaproxyStats, type HaproxyCall } from './client.ts';
export * from './config.ts';
export type { HaproxyInfo } from './info.ts';
export { isServerUp, parseHaproxyStats, type HaproxyStatsRow } from './stats.ts';
export { splitConfigLine } from './config-words.ts';
