import { expect, it } from 'vitest';
import { encodePath, signedHeaders, type SignableRequest } from './signature-v4.ts';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const now = new Date('2013-05-24T00:00:00.000Z');
const request: SignableRequest = {
  method: 'GET',
  host: 'examplebucket.s3.amazonaws.com',
  path: '/test.txt',
  query: [],
  headers: {},
  body: Buffer.alloc(0),
};
const signatureOf = (over: Partial<SignableRequest>): string | undefined =>
  signedHeaders({ ...request, ...over }, credentials, 'us-east-1', now)['authorization']?.split('Signature=')[1];

// The four examples of "Signature Calculations for the Authorization Header" in the Amazon S3 API reference.
it.each<[string, Partial<SignableRequest>, string]>([
  [
    'an object in part',
    { headers: { range: 'bytes=0-9' } },
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'an object that is put',
    {
      method: 'PUT',
      path: `/${encodePath('test$file.text')}`,
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      body: Buffer.from('Welcome to Amazon S3.'),
    },
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'a setting of the bucket',
    { path: '/', query: [['lifecycle', '']] },
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'a listing',
    {
      path: '/',
      query: [
        ['prefix', 'J'],
        ['max-keys', '2'],
      ],
    },
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
])('signs %s as the reference does', (_, over, signature) => {
  expect(signatureOf(over)).toBe(signature);
});
