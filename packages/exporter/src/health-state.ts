/**
 * What the health routes answer with; the words are the body of the answer. What has no roles (a pooler, a repository)
 * is `primary` when it is up.
 */
export type HealthState = 'unknown' | 'down' | 'starting' | 'primary' | 'replica';

/** The question a health route asks: is it up at all, or in this role. */
export type HealthQuestion = 'up' | 'primary' | 'replica';

/**
 * Status of a health route, as load balancers expect it: 200 yes, 404 up but in the other role, 503 not up. Nothing
 * known yet is not up.
 */
export function healthStatus(state: HealthState, question: HealthQuestion): 200 | 404 | 503 {
  if (state !== 'primary' && state !== 'replica') return 503;
  return question === 'up' || question === state ? 200 : 404;
}
