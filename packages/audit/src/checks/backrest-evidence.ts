import type { ShellEvidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import type { Text } from '../text.ts';
import { nodeEvidence, shellWord } from './node-evidence.ts';

/**
 * Value of one option in the configuration of pgBackRest, never of a secret; nothing where it is not set. Without an
 * option: whether there is a configuration.
 */
export const backrestEvidence = (
  { path, isConfigured }: FactMap['node.pgbackrest-config'],
  option: string,
  expected: Text,
  actual = '',
): ShellEvidence =>
  option === ''
    ? nodeEvidence(
        'node.pgbackrest-config',
        path,
        `ls ${shellWord(path)} 2>/dev/null || true`,
        isConfigured ? path : '',
        expected,
      )
    : nodeEvidence(
        'node.pgbackrest-config',
        option,
        `sed -nE 's/^ *${option} *= *//p' ${shellWord(path)} | head -n 1`,
        actual,
        expected,
      );
