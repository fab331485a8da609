import { ConnectError } from '@pgattest/connect';
import { loadYaml } from '@pgattest/runtime';

/**
 * Reads YAML 1.1, as Patroni and etcd do: `off` is false there. The parser's own words are kept out of the message,
 * because they quote the line. Errors: invalid_data with the place.
 */
export function readYaml(text: string, path: string): Readonly<Record<string, unknown>> {
  const document = loadYaml().parseDocument(text, { version: '1.1', logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line;
    throw new ConnectError(
      'invalid_data',
      `${path}${line === undefined ? '' : `:${line}`} is no YAML (${error.code}); mend the file`,
    );
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (value === null || value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return { ...value };
  throw new ConnectError('invalid_data', `${path} holds YAML of another shape; mend the file`);
}
