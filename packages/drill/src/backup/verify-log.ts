/** One file that `verify` found bad, as its log names it. */
export interface VerifyFault {
  /** `file missing`, `invalid checksum`, `invalid size`, `cannot be read: unexpected eof in compressed data`. */
  readonly what: string;
  /** `20261121-235830F/pg_data/base/5/1259.gz`, or the path of a WAL segment. */
  readonly file: string;
}

const shapes: readonly RegExp[] = [
  /^(?:P\d+ +)?(?:INFO|WARN|ERROR): (?<what>(?:file )?(?:invalid|missing)[a-z ]*) '(?<file>[^']+)'/,
  /^(?:P\d+ +)?(?:INFO|WARN|ERROR): (?<what>invalid result) (?<file>.+?): (?<why>\[\d+\].*)$/,
];

/** The faults in the log of `pgbackrest verify --log-level-stderr=detail`, each file once. */
export function parseVerifyLog(log: string): readonly VerifyFault[] {
  const found = new Map<string, VerifyFault>();
  for (const line of log.split('\n')) {
    for (const shape of shapes) {
      const { what, file, why } = shape.exec(line)?.groups ?? {};
      if (what === undefined || file === undefined) continue;
      const reason = why?.replace(/^\[\d+\] (?:raised from \S+ protocol: )?/, '');
      found.set(file, { what: reason === undefined ? what : `cannot be read: ${reason}`, file });
    }
  }
  return [...found.values()];
}
