export * from './cli/command.ts';
export * from './errors.ts';
export * from './exit-codes.ts';
export * from './metrics/family.ts';
