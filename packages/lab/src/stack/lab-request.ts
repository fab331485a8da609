import type { Installation } from './installation.ts';
import type { LabMaterials } from './materials.ts';
import type { LabOptions } from './options.ts';
import type { Machine } from './preflight.ts';

/** What the program that starts a lab leaves for its supervisor, in a file: 0600, no secret in it. */
export interface LabRequest {
  readonly options: LabOptions;
  readonly machine: Machine;
  readonly installation: Installation;
  readonly rulesDirectory: string | undefined;
}

/** The materials of a lab as its supervisor completes them. */
export function materialsOf(
  request: LabRequest,
  rest: Pick<LabMaterials, 'topology' | 'directory' | 'secrets' | 'auditorGrants' | 'path'>,
): LabMaterials {
  return {
    ...rest,
    programs: { ...request.machine.programs, node: request.installation.node },
    entry: request.installation.entry,
    rulesDirectory: request.rulesDirectory,
    separateUsers: request.machine.users !== undefined,
  };
}
