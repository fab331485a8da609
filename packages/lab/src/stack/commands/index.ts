import type { CommandSpec } from '@pgattest/runtime';
import { labWebhookCommand } from '../daemons/webhook-command.ts';
import { breakCommand } from './break.ts';
import { collectCommand } from './collect.ts';
import { downCommand } from './down.ts';
import { execCommand } from './exec.ts';
import { forwardCommand } from './forward.ts';
import { healCommand } from './heal.ts';
import { logsCommand } from './logs.ts';
import { sqlCommand } from './sql.ts';
import { statusCommand } from './status.ts';
import { superviseCommand } from './supervise.ts';
import { upCommand } from './up.ts';

/** What the lab's commands are given by the command line. */
export interface LabCommandSite {
  /** Absolute path of the script of the `pgattest` command. */
  readonly entry: string;
  /** Statements that give a role what the audit probes read; `{role}` stands for its name. */
  readonly auditorGrants: readonly string[];
}

/** Every `pgattest lab` command. */
export function labCommands({ entry, auditorGrants }: LabCommandSite): readonly CommandSpec[] {
  return [
    upCommand(entry),
    statusCommand,
    breakCommand,
    healCommand,
    sqlCommand,
    execCommand,
    collectCommand,
    logsCommand,
    forwardCommand,
    downCommand,
    superviseCommand(auditorGrants),
    labWebhookCommand,
  ];
}
