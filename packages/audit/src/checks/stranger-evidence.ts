import type { Evidence } from '../check.ts';
import type { FactId } from '../facts.ts';
import type { StrangerFact } from '../stranger-fact.ts';
import { shellQuote } from '../psql-command.ts';

/** Evidence for what a stranger without a certificate is told at a port. */
export function strangerEvidence(fact: FactId, { url, answered }: StrangerFact, path: string): Evidence {
  return {
    fact,
    at: `a stranger at ${url}`,
    actual: answered ? 'answered' : 'refused',
    expected: { en: 'refused', zh: '拒绝' },
    shell: `curl -sk --max-time 10 -o /dev/null ${shellQuote(`${url}${path}`)} && echo answered || echo refused`,
  };
}
