#!/usr/bin/env node
import { mainOf } from '@pgattest/runtime';
import { pgExporterDropIn } from '../command.ts';

await mainOf(pgExporterDropIn);
