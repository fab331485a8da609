/** One socket that listens (TCP) or receives (UDP). */
export interface ListeningSocket {
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  /** `0.0.0.0`, `::`, `127.0.0.1`. */
  readonly address: string;
  readonly port: number;
  readonly uid: number;
  readonly inode: string;
  /** Address and port as /proc/net writes them: `00000000:1538`. */
  readonly raw: string;
}

const stateOf = { tcp: '0A', tcp6: '0A', udp: '07', udp6: '07' } as const;

/** Reads /proc/net/tcp and its kin: sockets in state listen, and UDP sockets that are bound to no peer. */
export function parseSockets(text: string, protocol: ListeningSocket['protocol']): readonly ListeningSocket[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , uid = '', , inode = ''] = line.trim().split(/\s+/);
    const [hex = '', port = ''] = local.split(':');
    if (state !== stateOf[protocol] || port === '') return [];
    const address = addressOf(hex);
    return address === undefined
      ? []
      : [{ protocol, address, port: Number.parseInt(port, 16), uid: Number(uid), inode, raw: local }];
  });
}

/** The kernel writes 32 bit words in the order of the machine, which is little-endian wherever PostgreSQL runs today. */
function addressOf(hex: string): string | undefined {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)).toReversed(),
  );
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return undefined;
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (isMapped) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[2 * index] ?? 0) * 256 + (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  return compress(groups);
}

/** The longest run of zero groups becomes `::`, as RFC 5952 asks for. */
function compress(groups: readonly string[]): string {
  let [start, length] = [0, 0];
  for (let index = 0; index < groups.length; index += 1) {
    let end = index;
    while (groups[end] === '0') end += 1;
    if (end - index > length) [start, length] = [index, end - index];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** Whether an address is one of this host's own loopback. */
export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';

/** Whether it takes connections on every address of the host. */
export const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::';
