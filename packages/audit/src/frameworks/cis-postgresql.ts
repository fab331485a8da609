import { defineFramework } from '../framework.ts';
import { cisAccess } from './cis-postgresql/access.ts';
import { cisInstallationAndLogging } from './cis-postgresql/installation-and-logging.ts';
import { cisSettingsAndContinuity } from './cis-postgresql/settings-and-continuity.ts';

/**
 * CIS PostgreSQL Benchmark by section number. Its terms forbid reprinting, so that the titles are short ones of our own;
 * whoever works with it needs the benchmark itself.
 */
export const cisPostgresql = defineFramework({
  id: 'cis-postgresql',
  title: { en: 'CIS PostgreSQL Benchmark (section numbers)', zh: 'CIS PostgreSQL 基准（章节编号）' },
  edition: 'PostgreSQL 17 v1.1.0 and 18 v1.0.0',
  headline: 'rates',
  byDefault: false,
  clauses: [...cisInstallationAndLogging, ...cisAccess, ...cisSettingsAndContinuity],
});
