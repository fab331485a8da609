import type { TlsOffer } from './tls-suites.ts';

/** Stands where random bytes belong, so that the owner of a log or a capture sees who it was. 32 characters. */
const signature = 'pgattest audit live probe of TLS';

const u16 = (value: number): readonly number[] => [value >> 8, value & 0xff];
const list = (bytes: readonly number[]): readonly number[] => [...u16(bytes.length), ...bytes];
const text = (words: string): readonly number[] => Array.from(words, (letter) => letter.codePointAt(0) ?? 0);
const extension = (type: number, body: readonly number[]): readonly number[] => [...u16(type), ...list(body)];

/** Signatures by RSA, RSA-PSS and ECDSA with SHA-2, and by RSA and ECDSA with SHA-1. */
const signatureSchemes = [
  0x04_01, 0x05_01, 0x06_01, 0x08_04, 0x08_05, 0x08_06, 0x04_03, 0x05_03, 0x06_03, 0x02_01, 0x02_03,
];

/** A ClientHello of TLS 1.2 (RFC 5246 7.4.1.2) in one record. `serverName` is left out for an address (RFC 6066 3). */
export function clientHello({ suites, groups }: TlsOffer, serverName: string | undefined): readonly number[] {
  const name = serverName === undefined ? [] : extension(0, list([0, ...list(text(serverName))]));
  const extensions = [
    ...name,
    ...extension(10, list(groups.flatMap(u16))),
    ...extension(11, [1, 0]),
    ...extension(13, list(signatureSchemes.flatMap(u16))),
    ...extension(0xff_01, [0]),
  ];
  const body = [3, 3, ...text(signature), 0, ...list(suites.flatMap(u16)), 1, 0, ...list(extensions)];
  const message = [1, 0, ...u16(body.length), ...body];
  return [22, 3, 1, ...list(message)];
}

/** What a server answers to a ClientHello, in the words of `helloCommand`. */
export type HelloAnswer =
  /** It goes on with this suite. */
  | { readonly kind: 'suite'; readonly suite: number }
  /** It declines, with this alert (RFC 5246 7.2): 40 handshake_failure, 70 protocol_version. */
  | { readonly kind: 'alert'; readonly alert: number }
  | { readonly kind: 'closed' }
  /** Something that is no TLS. */
  | { readonly kind: 'other' };

/** Reads the first bytes of the answer: an alert, or the ServerHello up to the suite it chose. */
export function parseHelloAnswer(bytes: Uint8Array): HelloAnswer {
  if (bytes.length === 0) return { kind: 'closed' };
  if (bytes[0] === 21 && bytes[6] !== undefined) return { kind: 'alert', alert: bytes[6] };
  const sessionId = bytes[43] ?? -1;
  const [high, low] = [bytes[44 + sessionId], bytes[45 + sessionId]];
  const isHello = bytes[0] === 22 && bytes[5] === 2 && (sessionId === 0 || sessionId === 32);
  return isHello && high !== undefined && low !== undefined
    ? { kind: 'suite', suite: high * 256 + low }
    : { kind: 'other' };
}

/** One line for an answer: `suite c012`, `alert 28`, `closed`; numbers in hexadecimal. */
export function helloLine(answer: HelloAnswer): string {
  if (answer.kind === 'suite') return `suite ${answer.suite.toString(16).padStart(4, '0')}`;
  return answer.kind === 'alert' ? `alert ${answer.alert.toString(16).padStart(2, '0')}` : answer.kind;
}

const octal = (byte: number): string =>
  /[A-Za-z0-9 ]/u.test(String.fromCodePoint(byte))
    ? String.fromCodePoint(byte)
    : `\\${byte.toString(8).padStart(3, '0')}`;

/**
 * Shell command that sends a hello and prints the line of the answer. It needs bash for /dev/tcp, as no OpenSSL of today
 * can offer what it should decline. `host` and `port` are shell words.
 */
export function helloCommand(
  hello: readonly number[],
  { host, port, startsWith }: { readonly host: string; readonly port: string; readonly startsWith: 'tls' | 'postgres' },
): string {
  const ask =
    startsWith === 'tls' ? '' : String.raw`printf "\0\0\0\010\004\322\026\057" >&3; head -c 1 <&3 >/dev/null; `;
  const send = `printf "${hello.map(octal).join('')}" >&3`;
  const read = `head -c 80 <&3 2>/dev/null | od -An -v -tx1 | tr -d " \\n"; echo`;
  const decode = [
    String.raw`s/^15.\{10\}\(..\).*/alert \1/`,
    String.raw`s/^16.\{8\}02.\{74\}00\(....\).*/suite \1/`,
    String.raw`s/^16.\{8\}02.\{74\}20.\{64\}\(....\).*/suite \1/`,
    's/^$/closed/',
    's/.*/other/',
  ];
  const script = `exec 3<>"/dev/tcp/$0/$1" || exit; ${ask}${send}; ${read}`;
  return `timeout 10 bash -c '${script}' ${host} ${port} | sed '${decode.join('; t; ')}'`;
}
