import { ConnectError } from '@pgattest/connect';

/** A look that may be refused: `denied` is no absence, and no check may take it for one. */
export type Attempt<T> =
  { readonly state: 'present'; readonly value: T } | { readonly state: 'absent' } | { readonly state: 'denied' };

/** What a look found. Other failures than a refusal are thrown on. */
export async function attempt<T>(look: Promise<T | undefined>): Promise<Attempt<T>> {
  try {
    const value = await look;
    return value === undefined ? { state: 'absent' } : { state: 'present', value };
  } catch (error) {
    if (error instanceof ConnectError && error.code === 'permission_denied') return { state: 'denied' };
    throw error;
  }
}
