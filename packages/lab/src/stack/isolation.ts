import { labPath } from './preflight.ts';
import { runProgram } from './run-program.ts';

/** How the processes of a lab are put into namespaces of their own. */
export const unshareArguments = [
  '--net',
  '--pid',
  '--ipc',
  '--uts',
  '--mount',
  '--fork',
  '--kill-child=KILL',
  '--mount-proc',
] as const;

// A container may grant namespaces and refuse what the lab does in them.
const trialScript = `
mount -t tmpfs tmpfs /run
mkdir /run/netns
ip netns add trial
ip link add br0 type bridge
ip link add port0 type veth peer name eth0 netns trial
`;

/** Undefined = namespaces work here; otherwise why not, in words. */
export async function whyNoNamespaces(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'namespaces need root';
  try {
    const result = await runProgram({
      argv: ['unshare', ...unshareArguments, '/bin/sh', '-ec', trialScript],
      env: { PATH: labPath, LC_ALL: 'C' },
      cwd: '/',
      timeoutMs: 10_000,
    });
    if (result.code === 0) return undefined;
    return `namespaces, or a network in them, are refused here: ${result.stderr.trim().split('\n').at(-1) ?? 'no reason given'}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * The first process of the namespaces: it reaps, and its end is the end of all. The tmpfs mounts keep shared memory and
 * the names of network namespaces out of the machine's own.
 */
export const sandboxScript = `
set -e
ip link set lo up
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
mkdir /run/netns /run/lock
directory=$1 node=$2 entry=$3
shift 3
while [ $# -ge 2 ]; do
  if [ -d "$1" ]; then mkdir "$2"; else : > "$2"; fi
  mount --bind "$1" "$2"
  shift 2
done
"$node" "$entry" lab supervise "$directory"
exit $?
`;
