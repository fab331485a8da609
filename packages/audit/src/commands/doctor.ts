import { createColour, createProgress, exitCode, renderTable, type CommandSpec } from '@pgattest/runtime';
import pLimit from 'p-limit';
import { examine, isHealthy, missingGrants, type SubjectHealth } from '../doctor.ts';
import { discover, type Inventory } from '../inventory/discover.ts';
import { findMembers } from '../inventory/find-members.ts';
import { componentKinds } from '../inventory/subjects.ts';
import { auditRules } from '../rules.ts';
import { readSettings, sourceOptions } from './source.ts';

/** `pgattest audit doctor`: can the auditor see what it must? */
export const doctorCommand: CommandSpec = {
  name: 'doctor',
  summary: 'say which privileges the auditor lacks',
  example: 'pgattest audit doctor --config audit.yml',
  options: [
    ...sourceOptions,
    { flags: '--json', summary: 'print the result as JSON' },
    { flags: '--quiet', summary: 'no progress on stderr' },
  ],
  async run(context) {
    const settings = await readSettings(context);
    const progress = createProgress(context.stderr, { quiet: context.options['quiet'] === true });
    const healths: SubjectHealth[] = [];
    const blind: string[] = [];
    for (const cluster of settings.clusters) {
      const surroundings = { env: context.env, evidenceDir: settings.evidenceDir };
      const whole = await findMembers(cluster, surroundings, context.signal);
      const inventory = await discover(whole, surroundings);
      blind.push(...unconfigured(inventory).map((kind) => `${cluster.name}: ${kind}`));
      const limit = pLimit(settings.concurrency);
      const step = progress.step(`examining ${cluster.name}`);
      const examined = await Promise.all(
        inventory.targets.map((target) =>
          limit(async () => {
            const health = await examine(target, {
              probes: auditRules.probes,
              settings,
              signal: context.signal,
              now: () => new Date(),
            });
            step.update(health.subject);
            return health;
          }),
        ),
      );
      const ill = examined.filter((health) => !isHealthy([health]));
      if (ill.length === 0) step.done(`${examined.length} objects`);
      else step.fail(`not every probe works on ${ill.map(({ subject }) => subject).join(', ')}`);
      healths.push(...examined);
    }
    const healthy = isHealthy(healths);
    context.stdout.write(
      context.options['json'] === true
        ? `${JSON.stringify({ schemaVersion: 2, healthy, grants: missingGrants(healths), notConfigured: blind, subjects: healths }, null, 2)}\n`
        : renderHealth(healths, blind, createColour(context.stdout, context.env)),
    );
    return healthy ? exitCode.ok : exitCode.incomplete;
  },
};

/** Kinds that a cluster neither has nor says it has not. */
const unconfigured = ({ subjects }: Inventory): readonly string[] => {
  const absent = subjects.flatMap((subject) => subject.absent ?? []);
  return componentKinds.filter((kind) => !absent.includes(kind) && !subjects.some((subject) => subject.kind === kind));
};

function renderHealth(
  healths: readonly SubjectHealth[],
  blind: readonly string[],
  colour: ReturnType<typeof createColour>,
): string {
  const rows = healths.flatMap((health) =>
    health.unreachable === undefined
      ? health.probes.map(({ probe, state, privilege, message }) => [
          health.subject,
          probe,
          state === 'ok' ? colour('green', 'ok') : colour('red', state),
          state === 'ok' || (state === 'permission_denied' && health.kind === 'instance')
            ? privilege
            : (message ?? privilege),
        ])
      : [[health.subject, '', colour('red', health.unreachable.code), health.unreachable.message]],
  );
  const table = renderTable({ head: ['object', 'probe', 'state', 'needs'], rows, colour });
  const superusers = healths.filter(({ isSuperuser }) => isSuperuser === true);
  const tooMuch = superusers.map(
    ({ subject, role }) =>
      `${subject}: role ${role ?? ''} is a superuser; the audit needs none, see the privileges above`,
  );
  const grants = missingGrants(healths);
  // Privileges on catalogs belong to one database: the one the dsn names.
  const databases = [
    ...new Set(healths.flatMap(({ database }) => (database === undefined ? [] : [`database ${database}`]))),
  ];
  const remedy =
    grants.length === 0
      ? []
      : [
          '',
          `run on the primary, as a superuser, in ${databases.join(', ')}:`,
          ...grants.map((grant) => `  ${grant};`),
        ];
  const unasked =
    blind.length === 0
      ? []
      : ['', `not configured, so nobody is asked: ${blind.join('; ')}; declare them, or name them under absent`];
  const verdict = isHealthy(healths)
    ? 'every probe works on every object'
    : 'the audit is blind where the state is not ok: those checks answer error, never pass';
  return `${[table, ...(tooMuch.length === 0 ? [] : ['', ...tooMuch]), ...remedy, ...unasked, '', verdict].join('\n')}\n`;
}
