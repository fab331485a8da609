#!/usr/bin/env node
import { mainOf, version } from '@pgattest/runtime';
import { auditCommands } from '../commands/index.ts';

await mainOf({
  name: 'pgattest-audit',
  version,
  summary: 'check PostgreSQL clusters against compliance frameworks',
  commands: auditCommands,
});
