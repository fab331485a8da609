import { notApplicable, type ShellEvidence, type Verdict } from '../check.ts';
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

/** The verdict on a node that has no configuration of pgBackRest; that it should have one is another check's matter. */
export const withoutBackrest = (config: FactMap['node.pgbackrest-config']): Verdict =>
  notApplicable(
    {
      en: 'this node has no configuration of pgBackRest (backup-stanza-healthy)',
      zh: '本节点未配置 pgBackRest，本项不适用（见 backup-stanza-healthy）',
    },
    backrestEvidence(config, '', { en: 'as required', zh: '符合要求' }),
  );
