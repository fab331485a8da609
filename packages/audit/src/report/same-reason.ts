/**
 * A message with `…` where it names an object, `pg-1.node`, or the host of it, `pg-1`: messages that then are equal tell of
 * one cause on several objects. Pure.
 */
export function withoutName(message: string, subject: string): string {
  const host = subject.includes('.') ? subject.slice(0, subject.lastIndexOf('.')) : subject;
  return message.replaceAll(subject, '…').replaceAll(host, '…');
}
