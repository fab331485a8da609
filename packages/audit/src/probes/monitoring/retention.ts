import { ConnectError } from '@pgattest/connect';
import { defineProbe } from '../../probe.ts';
import { askJson, askText, declaredPart, fieldsOf, textOf } from './ask.ts';

export interface MonitoringRetention {
  readonly product: 'prometheus' | 'victoria-metrics';
  /** As it is configured: `15d`, `1` (months, of VictoriaMetrics), `15d or 10GiB`. */
  readonly configured: string;
  /** Null when only the size is bounded. */
  readonly days: number | null;
}

/** How long metrics are kept. */
export const monitoringRetention = defineProbe({
  id: 'monitoring.retention',
  subject: 'monitoring',
  title: 'How long Prometheus or VictoriaMetrics keeps metrics',
  privilege: 'read access to the HTTP API of Prometheus, or to /flags of VictoriaMetrics',
  grants: [],
  async collect({ prometheus, signal }): Promise<MonitoringRetention> {
    const target = declaredPart(prometheus, 'Prometheus');
    const info = await askJson(target, '/api/v1/status/runtimeinfo', signal).catch((error: unknown) => {
      if (error instanceof ConnectError && (error.code === 'unsupported' || error.code === 'invalid_data'))
        return undefined;
      throw error;
    });
    const stored = textOf(fieldsOf(fieldsOf(info)['data'])['storageRetention']);
    if (stored !== null) {
      return { product: 'prometheus', configured: stored, days: retentionDays(stored.split(' ', 1)[0] ?? '', 'none') };
    }
    const flags = await askText(target, '/flags', signal);
    // Flags that were not set are not shown; without this one it keeps a month.
    const period = /^-retentionPeriod="?([^"\n]*)"?$/mu.exec(flags)?.[1] ?? '1';
    return { product: 'victoria-metrics', configured: period, days: retentionDays(period, 'months') };
  },
});

const unitDays: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7, y: 365 };

/** `15d`, `2w`, `360h`, `1y`, and `12` where a bare number is months; null for anything else, such as a size. */
export function retentionDays(text: string, bare: 'months' | 'none'): number | null {
  const parts = /^(?:\d+(?:\.\d+)?[hdwy])+$/u.test(text) ? [...text.matchAll(/([\d.]+)([hdwy])/gu)] : undefined;
  if (parts !== undefined) {
    return Math.floor(parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitDays[unit] ?? 0), 0));
  }
  return bare === 'months' && /^\d+(?:\.\d+)?$/u.test(text) ? Math.floor(Number(text) * 31) : null;
}
