import { readFile } from 'node:fs/promises';
import { formatIssue, parseConfig, RuntimeError } from '@pgattest/runtime';
import type { AnyCheck } from '../check.ts';
import { defineFramework, type Framework } from '../framework.ts';
import { frameworkProblems } from './framework-problems.ts';
import { frameworkSchema, type FrameworkFile } from './framework-schema.ts';
import { describeProblems } from './place.ts';

/** What a framework file may name, and the framework ids that are taken. */
export interface KnownToFrameworks {
  readonly checks: readonly Pick<AnyCheck, 'id' | 'params'>[];
  readonly attestations: readonly { readonly id: string }[];
  readonly frameworks: readonly { readonly id: string }[];
}

/**
 * Reads frameworks that an organisation wrote, in the order of the files. Errors: RuntimeError file_unreadable, or
 * config_invalid with every problem of a file as `file:line:col path message`.
 */
export async function loadFrameworkFiles(
  files: readonly string[],
  known: KnownToFrameworks,
): Promise<readonly Framework[]> {
  const loaded: Framework[] = [];
  for (const file of files) {
    // oxlint-disable-next-line no-await-in-loop -- the next file may not repeat an id of this one
    loaded.push(await loadFrameworkFile(file, { ...known, frameworks: [...known.frameworks, ...loaded] }));
  }
  return loaded;
}

async function loadFrameworkFile(file: string, known: KnownToFrameworks): Promise<Framework> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RuntimeError('file_unreadable', `cannot read the framework ${file}: ${why}`, { cause });
  });
  const parsed = parseConfig<FrameworkFile>({ text, file, schema: frameworkSchema });
  if (!parsed.ok) throw new RuntimeError('config_invalid', parsed.issues.map(formatIssue).join('\n'));
  const problems = frameworkProblems(parsed.value, known);
  if (problems.length > 0) throw new RuntimeError('config_invalid', describeProblems(problems, { file, text }));
  return frameworkOf(parsed.value);
}

/** A validated file as the engine uses and files it: both languages there. */
function frameworkOf({ clauses, title, ...rest }: FrameworkFile): Framework {
  return defineFramework({
    ...rest,
    title: bothLanguages(title),
    clauses: clauses.map(({ chapter, section, title: heading, checks, requires, manual, aliases, ...clause }) => ({
      ...clause,
      ...(chapter === undefined ? {} : { chapter: bothLanguages(chapter) }),
      section: bothLanguages(section),
      title: bothLanguages(heading),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- frameworkProblems saw that every id exists
      checks: checks as Framework['clauses'][number]['checks'],
      ...(requires === undefined
        ? {}
        : {
            // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
            requires: requires as NonNullable<Framework['clauses'][number]['requires']>,
          }),
      manual: manual.map(({ by, ...item }) => ({
        ...bothLanguages(item),
        ...(by === undefined
          ? {}
          : {
              // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
              by: by as NonNullable<Framework['clauses'][number]['manual'][number]['by']>,
            }),
      })),
      ...(aliases === undefined ? {} : { aliases }),
    })),
  });
}

const bothLanguages = ({ en, zh = en }: { readonly en: string; readonly zh?: string | undefined }) => ({ en, zh });
