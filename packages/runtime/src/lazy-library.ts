import { createRequire } from 'node:module';

// A service that is configured by flags alone never reads YAML, checks a schema, draws a table or compares a bcrypt
// hash. Loading what does took a fifth of its start and several MiB for as long as it ran. These functions stay
// synchronous, because parsing is; `import()` would make every caller asynchronous.

/** `yaml`, loaded with the first text that is parsed. */
export function loadYaml(): typeof import('yaml') {
  // oxlint-disable-next-line typescript/no-unsafe-return -- require has no types; the package brings its own
  return createRequire(import.meta.url)('yaml');
}

/** `ajv`, loaded with the first document that is checked. */
export function loadAjv(): typeof import('ajv') {
  // oxlint-disable-next-line typescript/no-unsafe-return -- require has no types; the package brings its own
  return createRequire(import.meta.url)('ajv');
}

/** `cli-table3`, loaded with the first table. */
export function loadTable(): typeof import('cli-table3') {
  // oxlint-disable-next-line typescript/no-unsafe-return -- require has no types; the package brings its own
  return createRequire(import.meta.url)('cli-table3');
}
