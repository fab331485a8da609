import type { Evidence } from '../check.ts';
import type { FactMap } from '../facts.ts';
import { isJsonObject, type Json } from '../redact-document.ts';
import type { Text } from '../text.ts';
import { shellQuote } from '../psql-command.ts';

type PatroniYml = NonNullable<FactMap['node.patroni-yml']>;

/** The value at a dotted path of patroni.yml; undefined where there is none. */
export function patroniYmlValue({ document }: Pick<PatroniYml, 'document'>, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), document);
}

// Python and its YAML are there wherever Patroni is, which is written in it.
const script =
  'import json,sys,yaml\nd=yaml.safe_load(open(sys.argv[1]))\nfor k in sys.argv[2].split("."): d=d.get(k) if isinstance(d,dict) else None\nprint(json.dumps(d,separators=(",",":"),sort_keys=True,ensure_ascii=False))';

/** Evidence for one value of patroni.yml, as JSON. Not for a value that may be a secret. */
export function patroniYmlEvidence(file: PatroniYml, path: string, expected: Text): Evidence {
  return {
    fact: 'node.patroni-yml',
    at: path,
    actual: JSON.stringify(patroniYmlValue(file, path) ?? null),
    expected,
    shell: `python3 -c ${shellQuote(script)} ${shellQuote(file.path)} ${path}`,
  };
}

/** Evidence for mode and owner of patroni.yml. */
export const patroniYmlModeEvidence = ({ path, mode, owner, group }: PatroniYml, expected: Text): Evidence => ({
  fact: 'node.patroni-yml',
  at: `mode and owner of ${path}`,
  actual: `${Number.parseInt(mode, 8).toString(8)} ${owner} ${group}`,
  expected,
  shell: `stat -Lc '%a %U %G' ${shellQuote(path)}`,
});
