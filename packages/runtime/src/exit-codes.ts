/** 0 fine; 1 findings at or above --fail-on; 2 usage or config error; 3 could not finish; 130 interrupted. */
export const exitCode = { ok: 0, findings: 1, usage: 2, incomplete: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
