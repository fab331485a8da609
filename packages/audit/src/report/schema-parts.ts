import type { ReportHeader } from '../report-header.ts';
import type { Text } from '../text.ts';
import { outcomesWorstFirst, severitiesWorstFirst } from './outcomes.ts';

/** Texts, whole numbers, hashes and times (ISO 8601 UTC) as a report writes them. */
export const string = { type: 'string' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const strings = { type: 'array', items: string } as const;
export const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
export const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' } as const;

type KeysOf<T> = T extends unknown ? keyof T & string : never;
/** Keys that may be absent: optional ones, `undefined` ones (JSON leaves them out), and those of some members of a union. */
type OptionalKeysOf<T> = { [K in KeysOf<T>]: K extends keyof T ? (undefined extends T[K] ? K : never) : K }[KeysOf<T>];

/** Schema of T, which must name every key of T and exactly the optional ones as optional: a new field breaks the build. */
export const object = <T>(
  properties: { readonly [K in KeysOf<T>]: object },
  optional: { readonly [K in OptionalKeysOf<T>]: true },
) => ({
  type: 'object' as const,
  additionalProperties: false as const,
  required: Object.keys(properties).filter((key) => !(key in optional)),
  properties,
});
export const list = <Items extends object>(items: Items) => ({ type: 'array' as const, items });
export const counts = (keys: readonly string[]) => ({
  type: 'object' as const,
  additionalProperties: false as const,
  required: keys,
  properties: Object.fromEntries(keys.map((key) => [key, count])),
});

/** What every report has: texts in both languages, results, severities, and who it is about. */
export const text = object<Text>({ en: string, zh: string }, {});
export const outcome = { enum: outcomesWorstFirst } as const;
export const severity = { enum: severitiesWorstFirst } as const;
export const header = object<ReportHeader>(
  {
    organisation: string,
    system: string,
    grade: string,
    filingNumber: string,
    classification: string,
    owner: string,
    requester: string,
    operator: string,
    reviewer: string,
    approver: string,
  },
  {
    organisation: true,
    system: true,
    grade: true,
    filingNumber: true,
    classification: true,
    owner: true,
    requester: true,
    operator: true,
    reviewer: true,
    approver: true,
  },
);
