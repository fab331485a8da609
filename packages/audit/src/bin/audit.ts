#!/usr/bin/env node
import { loadInSmallHeap, mainOf, version } from '@pgattest/runtime';

await mainOf({
  name: 'pgattest-audit',
  version,
  summary: 'check PostgreSQL clusters against compliance frameworks',
  commands: await loadInSmallHeap(async () => (await import('../commands/index.ts')).auditCommands),
});
