/** Markup that is safe to put into a page as it is; text becomes it by `escape`. */
export interface Html {
  readonly html: string;
}

/** Text for element content and quoted attributes. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `html`<b>${name}</b>``: strings and numbers are escaped, markup and lists of it are not. */
export function html(
  parts: TemplateStringsArray,
  ...args: readonly (string | number | Html | readonly Html[])[]
): Html {
  let text = parts[0] ?? '';
  for (const [index, arg] of args.entries()) text += markupOf(arg) + (parts[index + 1] ?? '');
  return { html: text };
}

function markupOf(arg: string | number | Html | readonly Html[]): string {
  if (typeof arg === 'string') return escape(arg);
  if (typeof arg === 'number') return String(Math.round(arg * 10) / 10);
  return 'html' in arg ? arg.html : arg.map((one) => one.html).join('');
}
