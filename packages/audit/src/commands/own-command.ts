import { basename, relative } from 'node:path';
import { shellQuote } from '../psql-command.ts';

/**
 * How the reader of a terminal starts a command of ours again, from the script that runs now (`process.argv[1]`) and the
 * working directory: `pgattest audit explain` where it is installed, `node packages/cli/dist/bin/pgattest.js audit explain`
 * in a clone, whose programs are on no PATH.
 */
export function ownCommand(words: readonly string[], script: string | undefined, workingDir: string): string {
  const file = script === undefined ? 'pgattest' : basename(script);
  // The auditor alone has the commands of `pgattest audit` as its own.
  const rest = file === 'audit.js' || file === 'pgattest-audit' ? words.slice(1) : words;
  return [...programOf(file, script, workingDir), ...rest.map(shellWord)].join(' ');
}

function programOf(file: string, script: string | undefined, workingDir: string): readonly string[] {
  if (script === undefined) return [file];
  const fromHere = relative(workingDir, script);
  const shortest = fromHere.startsWith('..') ? script : fromHere;
  if (file.endsWith('.js')) return ['node', shellWord(shortest)];
  return script.includes('/node_modules/') ? [shellWord(shortest)] : [file];
}

const shellWord = (word: string): string => (/^[\w./:=@-]+$/u.test(word) ? word : shellQuote(word));
