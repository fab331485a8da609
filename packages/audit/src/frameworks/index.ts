import type { Framework } from '../framework.ts';
import { cisPostgresql } from './cis-postgresql.ts';
import { mlpsLevel3 } from './mlps-l3.ts';
import { pigstyCompliance } from './pigsty-compliance.ts';
import { soc2 } from './soc2.ts';

/** Every framework, in report order. */
export const frameworks: readonly Framework[] = [mlpsLevel3, soc2, cisPostgresql, pigstyCompliance];
