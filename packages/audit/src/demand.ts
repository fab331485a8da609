import type { Finding } from './finding.ts';
import type { Clause, Demand } from './framework.ts';
import type { Text } from './text.ts';

/** One sentence for each demand of the clause that a finding's parameters do not keep; undefined when all are kept. Pure. */
export function findLoose(clause: Clause, findings: readonly Finding[]): readonly Text[] | undefined {
  const loose = (clause.requires ?? []).flatMap((demand): readonly Text[] => {
    const broken = findings
      .filter(({ check, outcome }) => check === demand.check && outcome !== 'not_applicable')
      .map(({ params }) => params[demand.param])
      .filter((value) => !isKept(demand, value));
    return broken.length === 0 ? [] : [describe(demand, broken[0])];
  });
  return loose.length === 0 ? undefined : loose;
}

/** Whether a value is within the bounds; one that is no number is not. */
export function isKept({ atLeast = -Infinity, atMost = Infinity }: Demand, value: unknown): boolean {
  return typeof value === 'number' && value >= atLeast && value <= atMost;
}

function describe({ check, param, atLeast, atMost }: Demand, value: unknown): Text {
  const bounds = [
    ...(atLeast === undefined ? [] : [{ en: `at least ${atLeast}`, zh: `不小于 ${atLeast}` }]),
    ...(atMost === undefined ? [] : [{ en: `at most ${atMost}`, zh: `不大于 ${atMost}` }]),
  ];
  const shown = JSON.stringify(value);
  const found = value === undefined ? { en: 'not set', zh: '未设置' } : { en: shown, zh: shown };
  return {
    en: `configuration not valid for this requirement: ${param} of ${check} is ${found.en}, the clause needs ${bounds.map(({ en }) => en).join(' and ')}`,
    zh: `配置不满足本条款：${check} 的参数 ${param} 为 ${found.zh}，条款要求${bounds.map(({ zh }) => zh).join('且')}`,
  };
}
