// The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding: it derives keys once and not per login.
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const iterations = 4096;
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** What a server keeps of a password. */
export function scramSecret(password) {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest();
  return { salt, storedKey, serverKey: hmac(salted, 'Server Key') };
}

/** One login. `first` answers the client's first message, `final` its last; undefined is a wrong password. */
export function scramLogin({ salt, storedKey, serverKey }) {
  let bare = '';
  let serverFirst = '';
  return {
    first(clientFirst) {
      // gs2 header `n,,` or `y,,`: no channel binding.
      bare = clientFirst.slice(3);
      const nonce = /r=(?<nonce>[^,]*)/u.exec(bare)?.groups?.nonce ?? '';
      serverFirst = `r=${nonce}${randomBytes(18).toString('base64')},s=${salt.toString('base64')},i=${iterations}`;
      return serverFirst;
    },
    final(clientFinal) {
      const at = clientFinal.lastIndexOf(',p=');
      const signed = `${bare},${serverFirst},${clientFinal.slice(0, at)}`;
      const proof = Buffer.from(clientFinal.slice(at + 3), 'base64');
      const signature = hmac(storedKey, signed);
      const clientKey = Buffer.from(proof.map((byte, index) => byte ^ (signature[index] ?? 0)));
      const hash = createHash('sha256').update(clientKey).digest();
      return timingSafeEqual(hash, storedKey) ? `v=${hmac(serverKey, signed).toString('base64')}` : undefined;
    },
  };
}
