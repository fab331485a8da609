/** Words of a configuration with one `key separator value` a line; comments begin with #, the first word of a key counts. */
export function parseWords(text: string, separator: RegExp): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const at = separator.exec(line);
    if (at === null) continue;
    const key = line.slice(0, at.index);
    if (!words.has(key)) words.set(key, line.slice(at.index + at[0].length));
  }
  return words;
}
