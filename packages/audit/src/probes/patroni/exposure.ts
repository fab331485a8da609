import { askAsStranger } from '@pgattest/connect';
import { requestTimeoutMs } from '../../probe-timeout.ts';
import { defineProbe } from '../../probe.ts';

/** What a change without login came to. */
export interface PatroniExposureFact {
  /** HTTP status; null when the connection was refused for want of a client certificate. */
  readonly status: number | null;
}

/**
 * A change that brings no login and no content. Patroni looks at the login first (401, 403); where it asks for none it
 * finds that there is nothing to change and answers 400 or 411, so that nothing can happen either way.
 * Source: patroni/api.py, check_access and _read_json_content, alike in 2.1 to 4.1.
 */
export const patroniExposure = defineProbe({
  id: 'patroni.exposure',
  subject: 'patroni',
  title: 'Whether a change is refused without a login (PATCH /config without any content)',
  privilege: 'none; neither the login nor the client certificate of the auditor is used',
  live: 'sends PATCH /config with an empty body and without login or client certificate; it holds nothing to apply, so that even an unprotected Patroni changes nothing (400 or 411)',
  grants: [],
  async collect({ target, signal }): Promise<PatroniExposureFact> {
    const answer = await askAsStranger(target, {
      component: 'Patroni',
      method: 'PATCH',
      path: '/config',
      timeoutMs: requestTimeoutMs,
      signal,
    });
    return { status: answer.kind === 'answered' ? answer.status : null };
  },
});
