/** Kinds of personal data that are looked for in a text. */
export const personalDataKinds = ['identity number', 'mobile number', 'bank card', 'e-mail address'] as const;
export type PersonalDataKind = (typeof personalDataKinds)[number];

/**
 * What the server numbers statements with: the last field of a record of csvlog, `query_id` of jsonlog, `%Q` of auto_explain.
 * They are random numbers of up to 19 digits, of which some pass for a bank card (PostgreSQL docs, 20.8).
 */
const queryIds = /,-?\d{1,20}$|"query_id":-?\d{1,20}|Query Identifier: -?\d{1,20}/gmu;

/** How often each kind occurs: numbers whose check digit is right, and forms that hardly anything else has. */
export function countPersonalData(log: string): Readonly<Record<PersonalDataKind, number>> {
  const text = log.replaceAll(queryIds, '');
  const count = (pattern: RegExp, isReal: (word: string) => boolean = () => true): number =>
    [...text.matchAll(pattern)].filter(([word]) => isReal(word)).length;
  return {
    'identity number': count(/(?<![\w.])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\w.])/gu, isIdentityNumber),
    // Quoted, as in a statement or a parameter: bare ones are too often something else.
    'mobile number': count(/'(?:\+?86)?1[3-9]\d{9}'/gu),
    'bank card': count(/(?<![\w.])(?:4\d{15}|5[1-5]\d{14}|62\d{14,17})(?![\w.])/gu, passesLuhn),
    'e-mail address': count(/'[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}'/gu),
  };
}

/** Check digit of GB 11643. */
function isIdentityNumber(text: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return '10X98765432'[sum % 11] === text[17]?.toUpperCase();
}

/** Check digit of ISO/IEC 7812-1. */
function passesLuhn(text: string): boolean {
  const digits = Array.from(text, Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
