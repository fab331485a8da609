import type { StackRun } from '../stack-run.ts';

/** Undefined when the address answers 200, otherwise what it does instead; `advice` says where to look. */
export async function findHttpProblem(run: StackRun, url: string, advice: string): Promise<string | undefined> {
  const answer = await run.http(url, { timeoutMs: 5_000 });
  if (answer === undefined) return `nothing answers at ${url}; ${advice}`;
  if (answer.status === 200) return undefined;
  return `${url} answers ${answer.status} (${firstLine(answer.body)}); ${advice}`;
}

/** The first line of a text, bounded, for messages. */
export function firstLine(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
