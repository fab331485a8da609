/** What replaces a secret. */
const hidden = '***';
/** Names of headers, variables and options whose value is for nobody else. */
const secretName = /auth|pass|secret|token|cookie|credential|api-?key/iu;

/** Words of one instruction without its secrets. Source: HAProxy configuration manual, keywords that take one. */
export function redactConfigWords(
  section: string,
  words: readonly string[],
): { readonly words: readonly string[]; readonly isRedacted: boolean } {
  const found = words.map((word, at) => (isSecret(section, words, at) ? hide(word, words, at) : word));
  const masked = found.map((word) => word.replaceAll(/\b(Basic|Bearer)\s+[^\s"']+/giu, `$1 ${hidden}`));
  return { words: masked, isRedacted: masked.some((word, at) => word !== words[at]) };
}

function isSecret(section: string, words: readonly string[], at: number): boolean {
  const [first = '', second = ''] = words;
  const before = words[at - 1] ?? '';
  if (first === 'stats' && second === 'auth') return at === 2;
  if (section === 'userlist' && (before === 'password' || before === 'insecure-password')) return true;
  if (section === 'global' && (first === 'setenv' || first === 'presetenv')) return at === 2 && secretName.test(second);
  // `hdr Authorization "…"`, `set-header X-Api-Key "…"`, `hdr(authorization) -m str …`
  if (at >= 2 && /^(?:hdr|(?:set|add|replace)-header)$/iu.test(words[at - 2] ?? '')) return secretName.test(before);
  if (at >= 2 && words.slice(0, at).some((word) => /hdr\([^)]*\)/u.test(word) && secretName.test(word))) {
    return !before.startsWith('-') ? !words[at]?.startsWith('-') : before !== '-m';
  }
  return false;
}

/** The user of `stats auth user:password` is no secret. */
function hide(word: string, [first, second]: readonly string[], at: number): string {
  if (first !== 'stats' || second !== 'auth' || at !== 2) return hidden;
  const [user = ''] = word.split(':', 1);
  return `${user}:${hidden}`;
}
