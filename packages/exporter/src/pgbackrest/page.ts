import type { Family } from '@pgattest/runtime';
import { putAssurance, putAssuranceAges } from './assurance-families.ts';
import type { AssessedRepository } from './assess.ts';
import { putBackups } from './backup-families.ts';
import { createFamilies } from './families.ts';
import { putLastAges, putLastBackups } from './last-families.ts';
import { putLocal, putSchedule } from './operation-families.ts';
import { putRecovery, putRecoveryAges } from './recovery-families.ts';
import { putSelf, type TaskStanding } from './self-families.ts';
import { putDataAges, putStanzas } from './stanza-families.ts';
import type { BackrestState, ShowOptions } from './state.ts';

/** What a collection found, until the next one. */
export function pageOf(
  state: BackrestState,
  assessed: readonly AssessedRepository[],
  options: ShowOptions,
): readonly Family[] {
  const families = createFamilies();
  putStanzas(families, state, options);
  putBackups(families, state, options);
  putLastBackups(families, state, options);
  putRecovery(families, state, assessed);
  putLocal(families, state);
  putAssurance(families, state);
  return families.families();
}

/** What only the moment of a scrape can say: the exporter itself, ages, and the schedule. */
export function selfOf(
  state: BackrestState,
  assessed: readonly AssessedRepository[],
  tasks: readonly TaskStanding[],
  now: { readonly seconds: number; readonly uptimeSeconds: number },
): readonly Family[] {
  const families = createFamilies();
  putSelf(families, state, tasks, now);
  putDataAges(families, state, now.seconds);
  putLastAges(families, state, now.seconds);
  putRecoveryAges(families, assessed, now.seconds);
  putAssuranceAges(families, state, now.seconds);
  putSchedule(families, state, now.seconds * 1000);
  return families.families();
}
