// Secrets at rest: AES-256-GCM under the installation's key, which is a file beside the data and never in the database.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface SecretBox {
  seal(text: string): Buffer;
  /** Throws where the key is another one than the secret was sealed with. */
  open(sealed: Buffer): string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** A box for a key of 32 bytes. A sealed secret is nonce, tag, then what was encrypted. */
export function secretBox(key: Buffer): SecretBox {
  if (key.length !== 32) throw new Error('The key of the installation must be 32 bytes long.');
  return {
    seal(text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
