/** Sections and keys of an ini text, for tests that read back what was rendered. */
export function parseIni(text: string): Record<string, Record<string, string>> {
  const sections: Record<string, Record<string, string>> = {};
  let current: Record<string, string> | undefined;
  for (const line of text.split('\n')) {
    const name = /^\[(.+)\]$/u.exec(line)?.[1];
    if (name !== undefined) {
      current = {};
      sections[name] = current;
    } else if (line !== '') {
      const [, key = '', value = ''] = /^([^=]+?) = (.*)$/u.exec(line) ?? [];
      if (key === '' || current === undefined) throw new Error(`not a line of an ini file: ${line}`);
      current[key] = value;
    }
  }
  return sections;
}
