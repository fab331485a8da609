import { ConnectError } from '@pgattest/connect';

/** Reads what `array_to_json(text[])` printed: `["all","+ops"]`. Throws ConnectError `invalid_data` on anything else. */
export function parseJsonStrings(json: string): readonly string[] {
  const value: unknown = JSON.parse(json);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new ConnectError('invalid_data', 'the server answered a list of words with something else');
  }
  return value;
}
