import { createColour, createProgress, exitCode, renderTable, type CommandSpec } from '@pgattest/runtime';
import { examine, isHealthy, missingGrants, type InstanceHealth } from '../doctor.ts';
import { discover } from '../inventory/discover.ts';
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
    const healths: InstanceHealth[] = [];
    for (const cluster of settings.clusters) {
      const { instances } = await discover(cluster, context.env);
      for (const instance of instances) {
        const step = progress.step(`examining ${instance.subject.id}`);
        const health = await examine(instance, {
          probes: auditRules.probes,
          settings,
          signal: context.signal,
          now: () => new Date(),
        });
        if (isHealthy([health])) step.done();
        else step.fail(health.unreachable?.code ?? 'not every probe works');
        healths.push(health);
      }
    }
    const healthy = isHealthy(healths);
    context.stdout.write(
      context.options['json'] === true
        ? `${JSON.stringify({ schemaVersion: 1, healthy, grants: missingGrants(healths), instances: healths }, null, 2)}\n`
        : renderHealth(healths, createColour(context.stdout, context.env)),
    );
    return healthy ? exitCode.ok : exitCode.incomplete;
  },
};

function renderHealth(healths: readonly InstanceHealth[], colour: ReturnType<typeof createColour>): string {
  const rows = healths.flatMap((health) =>
    health.unreachable === undefined
      ? health.probes.map(({ probe, state, privilege, message }) => [
          health.instance,
          probe,
          state === 'ok' ? colour('green', 'ok') : colour('red', state),
          state === 'ok' || state === 'permission_denied' ? privilege : (message ?? privilege),
        ])
      : [[health.instance, '', colour('red', health.unreachable.code), health.unreachable.message]],
  );
  const table = renderTable({ head: ['instance', 'probe', 'state', 'needs'], rows, colour });
  const superusers = healths.filter(({ isSuperuser }) => isSuperuser === true);
  const tooMuch = superusers.map(
    ({ instance, role }) =>
      `${instance}: role ${role ?? ''} is a superuser; the audit needs none, see the privileges above`,
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
  const verdict = isHealthy(healths)
    ? 'every probe works on every instance'
    : 'the audit is blind where the state is not ok: those checks answer error, never pass';
  return `${[table, ...(tooMuch.length === 0 ? [] : ['', ...tooMuch]), ...remedy, '', verdict].join('\n')}\n`;
}
