#!/usr/bin/env node
import { mainOf } from '@pgattest/runtime';
import { pgbouncerExporterDropIn } from '../pgbouncer/command.ts';

await mainOf(pgbouncerExporterDropIn);
