import { defineFramework } from '../framework.ts';
import { areaBoundary } from './mlps-l3/area-boundary.ts';
import { computingEnvironmentAccess } from './mlps-l3/computing-environment-access.ts';
import { computingEnvironmentData } from './mlps-l3/computing-environment-data.ts';
import { environmentAndNetwork } from './mlps-l3/environment-and-network.ts';
import { mlpsHighRisk } from './mlps-l3/high-risk.ts';
import { managementCentre } from './mlps-l3/management-centre.ts';
import { operationsManagement } from './mlps-l3/operations.ts';

/**
 * Multi-Level Protection Scheme, level 3: every technical item of GB/T 22239-2019 chapter 8.1 and the management
 * control points a database cluster feeds. Units are those of GB/T 28448-2019; titles are our own wording.
 */
export const mlpsLevel3 = defineFramework({
  id: 'mlps-l3',
  title: { en: 'MLPS 2.0 level 3', zh: '网络安全等级保护（第三级）' },
  edition: 'GB/T 22239-2019',
  headline: 'rates',
  clauses: [
    ...environmentAndNetwork,
    ...areaBoundary,
    ...computingEnvironmentAccess,
    ...computingEnvironmentData,
    ...managementCentre,
    ...operationsManagement,
  ],
  highRisk: mlpsHighRisk,
});
