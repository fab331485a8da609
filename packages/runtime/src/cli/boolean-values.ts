interface Switch {
  readonly short?: string | undefined;
  readonly long?: string | undefined;
  readonly negate: boolean;
  attributeName(): string;
}

/**
 * Takes `--flag=true`, `--flag=false` and `-f=false` of flags without a value out of a command line, as the programs we
 * replace accept them. `values` maps the option's camelCase name to what was said last.
 */
export function takeBooleanValues(
  argv: readonly string[],
  switches: readonly Switch[],
): { readonly rest: readonly string[]; readonly values: ReadonlyMap<string, boolean> } {
  const end = argv.indexOf('--');
  const values = new Map<string, boolean>();
  const rest = argv.filter((word, index) => {
    if (end !== -1 && index >= end) return true;
    const match = /^(?<flag>-[A-Za-z]|--[^=]+)=(?<value>true|false|1|0)$/.exec(word);
    const found = switches.find(({ short, long }) => [short, long].includes(match?.groups?.['flag']));
    if (match === null || found === undefined) return true;
    const said = match.groups?.['value'] === 'true' || match.groups?.['value'] === '1';
    values.set(found.attributeName(), found.negate ? !said : said);
    return false;
  });
  return { rest, values };
}
