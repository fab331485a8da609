import { backrestFailure, type BackrestResult } from './failure.ts';

/** An entry of a repository's folder. */
export interface RepositoryEntry {
  /** Relative to the folder that was listed. */
  readonly path: string;
  readonly type: 'file' | 'path' | 'link' | 'special';
  readonly sizeBytes?: number;
  /** When it was stored, seconds since the epoch. */
  readonly timeSeconds?: number;
}

/** Reads the one JSON object of `repo-ls --output=json` while it arrives: a listing may have a million entries. */
export interface RepositoryListingReader {
  push(text: string): void;
  /** Number of entries, once all text has been pushed. */
  end(): BackrestResult<number>;
}

/** Calls back for every entry but the folder itself. */
export function createRepositoryListingReader(onEntry: (entry: RepositoryEntry) => void): RepositoryListingReader {
  let pending = '';
  let isOpen = false;
  let isClosed = false;
  let count = 0;
  let failure: string | undefined;

  const takeEntry = (text: string): boolean => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(`{${text}}`);
    } catch {
      return false;
    }
    const [pair] = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
    const entry = pair === undefined ? undefined : readEntry(pair[0], pair[1]);
    if (entry === undefined) {
      failure ??= `entry ${text.slice(0, 120)} has another shape`;
      return true;
    }
    count += 1;
    if (entry.path !== '.') onEntry(entry);
    return true;
  };

  /** Takes the entries that are complete; the rest waits for more text. */
  const drain = (): void => {
    let from = 0;
    if (!isOpen) {
      const start = pending.indexOf('{');
      if (start === -1) return;
      isOpen = true;
      from = start + 1;
    }
    // An entry ends with the brace of its object; a brace in its name only makes the text until there no JSON.
    for (let end = pending.indexOf('}', from); end !== -1; end = pending.indexOf('}', end + 1)) {
      const text = pending.slice(from, end + 1).replace(/^[\s,]+/, '');
      if (text === '}') {
        isClosed = true;
        from = end + 1;
        break;
      }
      if (takeEntry(text)) from = end + 1;
    }
    pending = pending.slice(from);
  };

  return {
    push(text) {
      pending += text;
      if (!isClosed) drain();
    },
    end() {
      if (failure !== undefined) return backrestFailure('parse', `repo-ls: ${failure}`);
      if (!isClosed) return backrestFailure('parse', `repo-ls printed no complete JSON object (${count} entries)`);
      return { ok: true, value: count };
    },
  };
}

function readEntry(path: string, value: unknown): RepositoryEntry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
  const type = fields.get('type');
  if (type !== 'file' && type !== 'path' && type !== 'link' && type !== 'special') return undefined;
  const [size, time] = [fields.get('size'), fields.get('time')];
  return {
    path,
    type,
    ...(typeof size === 'number' ? { sizeBytes: size } : {}),
    ...(typeof time === 'number' ? { timeSeconds: time } : {}),
  };
}
