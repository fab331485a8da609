import { access } from 'node:fs/promises';
import { readPassfile, type PassfileText } from './passfile.ts';

/** The files that a connection string leads to. */
export interface TargetFiles {
  readonly exists: (path: string) => Promise<boolean>;
  readonly passfile: (path: string) => Promise<PassfileText>;
}

/** As they are now. */
export const targetFiles: TargetFiles = Object.freeze({
  exists: (path: string) =>
    access(path).then(
      () => true,
      () => false,
    ),
  passfile: readPassfile,
});

/** As they were when somebody asked first, not longer than `maxAgeMs` ago. */
export interface RememberedFiles extends TargetFiles {
  /** What is asked from now on is looked at anew. */
  forget(): void;
}

/** For whoever opens many sessions at a time: each would read the same files, in some ten calls to the system. */
export function rememberTargetFiles(maxAgeMs: number): RememberedFiles {
  const known = new Map<string, Promise<boolean>>();
  const texts = new Map<string, Promise<PassfileText>>();
  let sinceMs = performance.now();
  const forget = (): void => {
    known.clear();
    texts.clear();
    sinceMs = performance.now();
  };
  const remember = <T>(map: Map<string, Promise<T>>, path: string, ask: (path: string) => Promise<T>): Promise<T> => {
    if (performance.now() - sinceMs > maxAgeMs) forget();
    const answer = map.get(path) ?? ask(path);
    map.set(path, answer);
    return answer;
  };
  return {
    exists: (path) => remember(known, path, targetFiles.exists),
    passfile: (path) => remember(texts, path, targetFiles.passfile),
    forget,
  };
}
