/** Keys of a section; undefined leaves the key out. */
export type IniSection = Readonly<Record<string, string | number | undefined>>;

/** Sections `[name]` with lines `key = value`, in order. No value may span lines. */
export function renderIni(sections: Readonly<Record<string, IniSection>>): string {
  return Object.entries(sections)
    .map(([name, section]) => {
      const lines = Object.entries(section).flatMap(([key, value]) =>
        value === undefined ? [] : [`${key} = ${String(value)}`],
      );
      return `[${name}]\n${lines.join('\n')}\n`;
    })
    .join('\n');
}
