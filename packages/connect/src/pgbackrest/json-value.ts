/** A JSON document being read: throws InvalidShape, which names the place, for anything that is not as promised. */
export class InvalidShape extends Error {
  override readonly name = 'InvalidShape';
}

/** One value and where it stands, shape `[0].backup[2].info`. */
export interface JsonValue {
  readonly at: string;
  readonly value: unknown;
}

/** Member of an object. */
export function member({ at, value }: JsonValue, key: string): JsonValue {
  const place = at === '' ? key : `${at}.${key}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidShape(`${at === '' ? 'the document' : at} must be an object`);
  }
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return { at: place, value: found };
}

/** Items of a list; none for null or nothing. */
export function itemsOf({ at, value }: JsonValue): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new InvalidShape(`${at} must be a list`);
  return value.map((item: unknown, index) => ({ at: `${at}[${index}]`, value: item }));
}

/** Keys of an object; none for null or nothing. */
export function keysOf({ at, value }: JsonValue): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw new InvalidShape(`${at} must be an object`);
  return Object.keys(value);
}

/** A text that must be there. */
export function textOf({ at, value }: JsonValue): string {
  if (typeof value !== 'string') throw new InvalidShape(`${at} must be a text`);
  return value;
}

/** A text; undefined for null or nothing. */
export function findText(json: JsonValue): string | undefined {
  return json.value === undefined || json.value === null ? undefined : textOf(json);
}

/** A number that must be there. */
export function numberOf({ at, value }: JsonValue): number {
  if (typeof value !== 'number') throw new InvalidShape(`${at} must be a number`);
  return value;
}

/** A number; undefined for null or nothing. */
export function findNumber(json: JsonValue): number | undefined {
  return json.value === undefined || json.value === null ? undefined : numberOf(json);
}

/** A member of an object that may itself be missing. */
export function findMember(json: JsonValue, key: string): JsonValue {
  return json.value === undefined || json.value === null
    ? { at: `${json.at}.${key}`, value: undefined }
    : member(json, key);
}
