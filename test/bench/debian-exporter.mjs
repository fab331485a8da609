// prometheus-postgres-exporter of Debian, unpacked beside node_modules: nothing is installed, no service is started.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomFreePort } from '@pgattest/lab';
import { startProgram } from './contestant.mjs';
import { monitorRole } from './server.mjs';

const toolDir = fileURLToPath(new URL('../../node_modules/.cache/pgattest-tools', import.meta.url));
const name = 'prometheus-postgres-exporter';

/** Path of the program, fetched with apt when it is not there; undefined, with the reason said, when it cannot be had. */
export function findDebianExporter(say) {
  const places = [`/usr/bin/${name}`, join(toolDir, 'usr/bin', name)];
  const known = places.find((path) => existsSync(path));
  if (known !== undefined) return known;
  try {
    const scratch = mkdtempSync(join(tmpdir(), 'pgattest-bench-deb-'));
    mkdirSync(toolDir, { recursive: true });
    execFileSync('apt-get', ['download', '-qq', name], { cwd: scratch, stdio: 'ignore' });
    execFileSync('sh', ['-c', 'dpkg-deb -x prometheus-postgres-exporter_*.deb "$1"', 'sh', toolDir], { cwd: scratch });
  } catch (error) {
    say(`no ${name}: ${error.message}; apt-get install ${name} (and do not start its service), then run again`);
  }
  return places.find((path) => existsSync(path));
}

/** What it calls itself. */
export function debianExporterVersion(path) {
  // On stderr.
  const { stdout, stderr } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  const [, version, revision] = /version ([^ ,]+).*revision: ([^)]+)\)/.exec(stdout + stderr) ?? [];
  return version === undefined ? 'of unknown version' : `${version} (${revision})`;
}

/** Starts it on the database `app`, with discovery when there are others. */
export async function startDebianExporter({ path, cluster, logFile, discovers }) {
  const port = await randomFreePort();
  const discovery = ['--auto-discover-databases', '--exclude-databases=template0,template1,postgres'];
  return startProgram({
    command: path,
    args: [`--web.listen-address=127.0.0.1:${port}`, ...(discovers ? discovery : [])],
    env: {
      DATA_SOURCE_NAME: `host=${cluster.socketDir} port=${cluster.primary.port} user=${monitorRole} dbname=app sslmode=disable`,
      PGPASSFILE: cluster.passfile('monitor'),
    },
    port,
    logFile,
  });
}
