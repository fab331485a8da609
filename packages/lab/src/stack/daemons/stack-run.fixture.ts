import type { StackRun } from '../stack-run.ts';
import type { LabMaterials } from '../materials.ts';

const unexpected = (what: string) => (): never => {
  throw new Error(`${what} was not expected`);
};

/** A stack in which only these answers are known; any other question fails the test. */
export function stackOf({ topology }: Pick<LabMaterials, 'topology'>, answers: Partial<StackRun>): StackRun {
  return {
    topology,
    directoryOf: (host) => `/lab/${host}`,
    run: unexpected('run'),
    http: unexpected('http'),
    sql: unexpected('sql'),
    patroni: unexpected('patroni'),
    findPrimary: unexpected('findPrimary'),
    ...answers,
  };
}
