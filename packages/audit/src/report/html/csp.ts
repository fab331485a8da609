/** Hashes of the inline style and script; a test computes them again and prints the right ones when they differ. */
export const styleSha256 = 'pYyFymxHwm9AL8eI5gAN3ivTan8xe5cq9N8X+GTWnYI=';
export const scriptSha256 = 't8oqmfi5y+Cw/fdW67MLNiI7Vz+K69+4+QvMGYymFv0=';

/** The page may use its own style and script and nothing else: no request ever leaves it. */
export const contentSecurityPolicy = [
  `default-src 'none'`,
  `style-src 'sha256-${styleSha256}'`,
  `script-src 'sha256-${scriptSha256}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');
