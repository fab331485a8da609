/**
 * What follows a word that names a secret on its line, and credentials in addresses, for `sed -E`. A digest over them
 * would let weak passwords be guessed, and a password that is rotated is no change of configuration.
 */
export const secretsInLine =
  's#(passw|passphrase|secret|token|cipher-pass|stats auth)([^:= ]*[:= ]).*#\\1\\2#I; s#://[^/@ ]*@#://@#g';
