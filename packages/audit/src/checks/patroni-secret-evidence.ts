import type { Evidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { shellQuote } from '../psql-command.ts';

type PatroniYml = NonNullable<FactMap['node.patroni-yml']>;

const script =
  'import sys,yaml\nd=yaml.safe_load(open(sys.argv[1]))\ns=d.get("scope")\n*p,l=sys.argv[2].split(".")\nfor k in p: d=d.get(k) if isinstance(d,dict) else {}\nv=str(d.get(l))\nprint("same as the user" if v==d.get("username") else "same as the cluster" if v==s else "of its own")';

/**
 * Evidence for a password that is never shown: whether it is the name of its user or of the cluster. Published ones are
 * compared on the host and named in the reason.
 */
export function patroniSecretEvidence({ path }: PatroniYml, secret: PatroniYml['secrets'][number]): Evidence {
  return {
    fact: 'node.patroni-yml',
    at: `${secret.at} of ${secret.user || 'no user'}`,
    actual: secret.isUser ? 'same as the user' : secret.isScope ? 'same as the cluster' : 'of its own',
    expected: { en: 'of its own, and not a published one', zh: '独立设置，且非公开默认口令' },
    shell: `python3 -c ${shellQuote(script)} ${shellQuote(path)} ${secret.at}`,
  };
}
