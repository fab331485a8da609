/** Thrown by a probe whose object nobody declared: its observation is unavailable with `not_configured`. */
export class NotDeclaredError extends Error {
  override readonly name = 'NotDeclaredError';
}
