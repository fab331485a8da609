// node ../../bundle.mjs, in a package: makes the programs that tsc has put into dist/bin load fast.
// Our packages and what they need at every start become one file, and one more for each sub-command that is loaded when
// it runs: resolving and reading some five hundred modules was half of a start and a fifth of the memory of an exporter.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Loaded at every start, directly or by one of these; whatever else is a dependency stays one. */
const inlined = new Set(['commander', 'fastify', 'pg', 'pino']);
/** Parts of the above that are never loaded here: nobody has the one, and the others are for schemas and tests. */
const unused = new Set([
  'pg-native',
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'light-my-request',
]);
const parts = 'parts';

function isExternal(id, importer) {
  if (isBuiltin(id) || unused.has(id)) return true;
  if (/^[./]/.test(id) || id.startsWith('@pgattest/') || importer?.includes('/node_modules/')) return false;
  const name = id.startsWith('@') ? id.split('/', 2).join('/') : id.split('/', 1)[0];
  return !inlined.has(name);
}

/**
 * V8 keeps the text of a program for as long as it runs, in two bytes a character when one of them needs two. A few
 * dashes and ticks are better escaped; a file of Chinese texts is not.
 */
function withoutWideCharacters(text) {
  const wide = /[^\u0000-\u00ff]/g;
  const isRaw = text.includes('String.raw');
  if (isRaw || (text.match(wide)?.length ?? 0) > text.length / 200) return text;
  return text.replace(wide, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const dir = join(process.cwd(), 'dist', 'bin');
const programs = readdirSync(dir).filter((name) => name.endsWith('.js'));
rmSync(join(dir, parts), { recursive: true, force: true });
const bundle = await rolldown({
  input: programs.map((name) => join(dir, name)),
  platform: 'node',
  external: isExternal,
});
await bundle.write({
  dir,
  format: 'esm',
  chunkFileNames: `${parts}/[name]-[hash].js`,
  // Names stay, so that a stack still says where it comes from; comments and blanks would only be memory.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
});
await bundle.close();
for (const name of [...programs, ...readdirSync(join(dir, parts)).map((part) => join(parts, part))]) {
  const file = join(dir, name);
  const text = readFileSync(file, 'utf8');
  const escaped = withoutWideCharacters(text);
  if (escaped !== text) writeFileSync(file, escaped);
}
for (const name of programs) chmodSync(join(dir, name), 0o755);
