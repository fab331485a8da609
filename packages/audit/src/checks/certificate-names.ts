/** Whether a certificate with these names is valid for a host as clients write it (RFC 6125 6.4; libpq likewise). */
export function namesHost(
  { san, subject }: { readonly san: readonly string[]; readonly subject: string },
  host: string,
): boolean {
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/u.test(host) || host.includes(':');
  if (isAddress) {
    return san.some((name) => name.startsWith('IP Address:') && sameAddress(name.slice('IP Address:'.length), host));
  }
  const names = san.flatMap((name) => (name.startsWith('DNS:') ? [name.slice('DNS:'.length)] : []));
  // The common name counts only where there is no name of a host beside it.
  const common = /(?:^|, )CN=([^,]+)/u.exec(subject)?.[1];
  const candidates = names.length > 0 || common === undefined ? names : [common];
  return candidates.some((name) => matches(name.toLowerCase(), host.toLowerCase()));
}

/** A star stands for one label, the first. */
const matches = (name: string, host: string): boolean =>
  name === host || (name.startsWith('*.') && host.includes('.') && host.slice(host.indexOf('.')) === name.slice(1));

const sameAddress = (left: string, right: string): boolean => expanded(left) === expanded(right);

/** IPv6 with all its groups: certificates write `0:0:0:0:0:0:0:1`, people `::1`. */
function expanded(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/u, '')).join(':');
}
