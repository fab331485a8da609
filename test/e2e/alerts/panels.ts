import { labPorts } from '@pgattest/lab';
import { checkPanelData, type PanelDataResult, type Scenario } from '@pgattest/monitoring';
import type { HaLab } from '../ha/ha-lab.ts';

/** For some three hundred queries: a busy machine answers a few each second. */
const timeoutMs = 300_000;

/** Runs every query of every panel against the lab's VictoriaMetrics, in the situations that hold at present. */
export async function readPanels({ lab }: HaLab, present: readonly Scenario[]): Promise<readonly PanelDataResult[]> {
  const { monitor, options } = lab.topology;
  const server = await lab.forward(monitor.name, labPorts.victoriaMetrics);
  try {
    return await checkPanelData({
      url: `http://${server.host}:${server.port}`,
      signal: AbortSignal.timeout(timeoutMs),
      present,
      variables: { cls: options.cluster },
    });
  } finally {
    await server.close();
  }
}

/** What is wrong with panels of these situations: no answer, or nothing where the situation is what they show. */
export const wrongIn = (
  results: readonly PanelDataResult[],
  present: readonly Scenario[],
): readonly PanelDataResult[] =>
  results.filter(
    ({ verdict, when }) =>
      verdict === 'unanswered' || (verdict === 'empty' && when !== undefined && present.includes(when)),
  );

/** In words, for messages. */
export const describePanelResult = ({ dashboard, row, panel, verdict, reason, expr }: PanelDataResult): string =>
  `${verdict}: ${dashboard} / ${row} / ${panel}: ${reason}; ${expr}`;
