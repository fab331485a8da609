import { RuntimeError } from '@pgattest/runtime';

type Options = Readonly<Record<string, unknown>>;

/** Text of an option that was given or has a default. */
export function textOption(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Text of an option the command cannot do without. Errors: usage. */
export function requiredOption(options: Options, name: string, flag: string): string {
  const value = textOption(options, name);
  if (value === undefined) throw new RuntimeError('usage', `${flag} is missing; see --help for an example`);
  return value;
}

/** `name=value` pairs of a repeatable option. Errors: usage. */
export function pairsOption(options: Options, name: string, flag: string): Readonly<Record<string, string>> {
  const given = options[name];
  const words = Array.isArray(given) ? given.map(String) : [];
  return Object.fromEntries(
    words.map((word) => {
      const [, key, value] = /^([a-z]\w*)=(.+)$/u.exec(word) ?? [];
      if (key === undefined || value === undefined) {
        throw new RuntimeError(
          'usage',
          `${flag} takes name=value, not "${word}"; write for example ${flag} cls=pg-test`,
        );
      }
      return [key, value];
    }),
  );
}

/** URL of a Prometheus-compatible server. Errors: usage. */
export function serverOption(options: Options): string {
  const text = requiredOption(options, 'url', '--url');
  if (!/^https?:\/\//u.test(text) || !URL.canParse(text)) {
    throw new RuntimeError(
      'usage',
      `--url takes an http or https URL, not "${text}"; write for example http://127.0.0.1:8428`,
    );
  }
  return text;
}
