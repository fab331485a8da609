export * from './model.ts';
export * from './promql.ts';
