#!/usr/bin/env node
import { mainOf } from '@pgattest/runtime';
import { backrestExporterDropIn } from '../pgbackrest/command.ts';

await mainOf(backrestExporterDropIn);
