#!/usr/bin/env node
import { mainOf } from '@pgattest/runtime';
import { pgExporterCommand } from '../command.ts';

await mainOf(pgExporterCommand);
