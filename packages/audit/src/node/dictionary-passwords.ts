/** First guesses of every list of frequent passwords; none of them is shown where it is found. */
export const dictionaryPasswords: readonly string[] = Object.freeze([
  '123456',
  '12345678',
  '123456789',
  '1234567890',
  '111111',
  '000000',
  'abc123',
  'qwerty',
  'qwerty123',
  '1q2w3e4r',
  'letmein',
  'welcome',
  'changeme',
  'secret',
  'root',
  'test',
  'passw0rd',
  'P@ssw0rd',
  'Password1',
  'Admin@123',
]);

/** What people make of the name of an account. */
export const passwordsOfName = (name: string): readonly string[] => [
  name,
  `${name}1`,
  `${name}123`,
  `${name}1234`,
  `${name}123456`,
  `${name}@123`,
  Array.from(name).toReversed().join(''),
];
