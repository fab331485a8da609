/**
 * What a password looks like in a libpq string, a URL or a command: a POSIX regular expression for `~*`. The keyword
 * passfile and settings such as password_encryption do not match.
 */
export const passwordPattern = '(^|[^a-z])(ssl)?passw(or)?d *[=:]|pgpassword *=|://[^/@ ]*:[^/@ ]+@';
