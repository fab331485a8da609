import { LabError } from '../../errors.ts';

/** The fields of a request, each checked when it is read. Errors: control_failed, naming the field. */
export interface RequestParams {
  text(name: string): string;
  optionalText(name: string): string | undefined;
  optionalNumber(name: string): number | undefined;
  /** At least one word. */
  words(name: string): readonly [string, ...string[]];
  texts(name: string): Readonly<Record<string, string>> | undefined;
}

/** Reads the fields of a request. */
export function readParams(params: Readonly<Record<string, unknown>>): RequestParams {
  const optionalText = (name: string): string | undefined => {
    const value = params[name];
    if (value === undefined || typeof value === 'string') return value;
    return wrong(name, 'text');
  };
  return {
    optionalText,
    text: (name) => optionalText(name) ?? wrong(name, 'text'),
    optionalNumber(name) {
      const value = params[name];
      if (value === undefined || typeof value === 'number') return value;
      return wrong(name, 'a number');
    },
    words(name) {
      const value = params[name];
      if (!Array.isArray(value)) return wrong(name, 'a list of words');
      const words = value.map((word: unknown) => (typeof word === 'string' ? word : wrong(name, 'a list of words')));
      const [first, ...rest] = words;
      return first === undefined ? wrong(name, 'a list of words') : [first, ...rest];
    },
    texts(name) {
      const value = params[name];
      if (value === undefined) return undefined;
      if (typeof value !== 'object' || value === null) return wrong(name, 'names with texts');
      return Object.fromEntries(
        Object.entries(value).map(([key, one]: [string, unknown]) => [
          key,
          typeof one === 'string' ? one : wrong(name, 'names with texts'),
        ]),
      );
    },
  };
}

function wrong(name: string, wanted: string): never {
  throw new LabError('control_failed', `${name} of the request must be ${wanted}`);
}
