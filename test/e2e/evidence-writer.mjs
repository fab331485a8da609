// An auditor that only files: node evidence-writer.mjs <JSON of a run> <store> <step to die at>
// Files that run under a new id and kills itself at that operation on the file system, a write after half of its bytes.
// A step that never comes prints how many there were: `steps 263`.
// Plain JavaScript on the built package: it is a process of its own that Node alone runs.
import { randomBytes } from 'node:crypto';
import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [, , source, directory, step] = process.argv;
let steps = 0;
dieAtStep(Number(step));

// Module by module, because rules and reports would triple the start of a process that lives for half a second.
const dist = '../../packages/audit/dist/evidence';
const [{ fileRun, recordRun }, { folderStore }, { sealRun }] = await Promise.all(
  ['file-run', 'folder-store', 'seal'].map((name) => import(`${dist}/${name}.js`)),
);
const { snapshot, evaluation } = JSON.parse(await promises.readFile(source, 'utf8'));
const store = folderStore(directory);
const filing = {
  rules: { version: 'test', sha256: '0'.repeat(64) },
  privateKey: undefined,
  now: () => new Date().toISOString(),
};
const findings = Array.from({ length: 600 }, (_, index) => ({ id: `check-${index}/pg-demo-1`, outcome: 'pass' }));

const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/gu, '');
const sealed = sealRun({ ...snapshot, runId: `${stamp}-${randomBytes(4).toString('hex')}` }, evaluation);
await fileRun(store, sealed);
await recordRun(store, sealed.manifest, findings, filing);
process.stdout.write(`steps ${steps}\n`);

/** Counts operations that change something below the store and ends the process, as kill -9 does, at one of them. */
function dieAtStep(fatal) {
  const die = () => process.kill(process.pid, 'SIGKILL');
  const isStep = (path) => String(path).startsWith(`${directory}/`) && (steps += 1) === fatal;
  for (const name of ['mkdir', 'rename', 'link', 'rm']) {
    const real = promises[name];
    promises[name] = async (path, ...rest) => {
      if (isStep(path)) die();
      return real(path, ...rest);
    };
  }
  const open = promises.open;
  promises.open = async (path, ...rest) => {
    if (isStep(path)) die();
    const handle = await open(path, ...rest);
    const { writeFile, sync } = handle;
    handle.writeFile = async (text) => {
      if (isStep(path)) {
        await writeFile.call(handle, text.slice(0, text.length / 2));
        die();
      }
      return writeFile.call(handle, text);
    };
    handle.sync = async () => {
      if (isStep(path)) die();
      return sync.call(handle);
    };
    return handle;
  };
  syncBuiltinESMExports();
}
