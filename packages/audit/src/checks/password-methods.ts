/** Methods that compare with the password stored in the database; only they need one and heed VALID UNTIL. */
export const passwordMethods: ReadonlySet<string> = new Set(['scram-sha-256', 'md5', 'password']);
