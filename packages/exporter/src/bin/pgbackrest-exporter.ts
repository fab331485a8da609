#!/usr/bin/env node
import { loadService, mainOf } from '@pgattest/runtime';

await mainOf(await loadService(async () => (await import('../pgbackrest/command.ts')).backrestExporterDropIn));
