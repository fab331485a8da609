import type { Introduce } from '../weakness.ts';

/** A fault of the lab that weakens more than it breaks; its healer is the lab's. */
export const fault =
  (id: string, target: string): Introduce =>
  async (lab) => {
    await lab.break(id, target);
    return async () => {
      await lab.heal(id);
    };
  };
