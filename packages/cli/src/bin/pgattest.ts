#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { mainOf, version } from '@pgattest/runtime';
import { commandsOf } from '../commands.ts';

await mainOf({
  name: 'pgattest',
  version,
  summary: 'monitoring and compliance evidence for PostgreSQL clusters',
  commands: commandsOf(fileURLToPath(import.meta.url)),
});
