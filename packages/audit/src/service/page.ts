import { version } from '@pgattest/runtime';
import { renderServicePage, type ServiceCluster } from '../report/service-page.tsx';
import type { Language } from '../text.ts';
import type { Auditor } from './auditor.ts';
import { isFresh, type ClusterState } from './state.ts';

/** The service page of an auditor at a moment. */
export function auditorPage(auditor: Auditor, language: Language, now: Date, intervalMs: number): string {
  // Another auditor's clusters are on its own page.
  const own = auditor.states.filter(({ heldBy }) => heldBy === undefined);
  const clusters = own.map((state) => clusterOf(state, auditor, now, intervalMs));
  return renderServicePage({ now: now.toISOString(), version, metricsHref: '/metrics', clusters }, language);
}

function clusterOf(state: ClusterState, auditor: Auditor, now: Date, intervalMs: number): ServiceCluster {
  const { cluster, latest, attempt } = state;
  const folder = `/clusters/${cluster}`;
  return {
    cluster,
    ...(latest === undefined ? {} : { report: latest.run.report }),
    ...(attempt === undefined ? {} : { attempt }),
    isRunning: auditor.isAuditing(cluster),
    ...(auditor.nextRunAt === undefined ? {} : { nextRunAt: auditor.nextRunAt }),
    isOverdue: latest !== undefined && !isFresh(state, now, intervalMs),
    links: {
      html: { en: `${folder}/report.html`, zh: `${folder}/report.zh.html` },
      json: `${folder}/report.json`,
    },
  };
}
