/** Filled by the helpers of this package. */
export const packageName = '@pgattest/lab';
