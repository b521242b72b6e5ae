// A self-signed certificate for localhost, made on the spot (RFC 5280, in DER): no file of the repository ever expires, and no
// other program is needed.
import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  key: string;
  /** PEM. */
  cert: string;
}

const SEQUENCE = 0x30;
const SET = 0x31;

export function localhostCertificate(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(SEQUENCE, oid(1, 2, 840, 10045, 4, 3, 2));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid(2, 5, 4, 3), text(0x0c, 'localhost'))));
  const body = der(
    SEQUENCE,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    der(SEQUENCE, text(0x17, '200101000000Z'), text(0x17, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, isAnAuthority, extension(oid(2, 5, 29, 17), der(SEQUENCE, text(0x82, 'localhost'))))),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = der(SEQUENCE, body, ecdsaWithSha256, signature);
  const lines = certificate
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

function extension(identifier: Buffer, value: Buffer): Buffer {
  return der(SEQUENCE, identifier, der(0x04, value));
}

/** Whoever trusts a self-signed certificate takes it for its own authority (§4.2.1.9). */
const isAnAuthority = extension(oid(2, 5, 29, 19), der(SEQUENCE, der(0x01, Buffer.from([0xff]))));

function text(tag: number, value: string): Buffer {
  return der(tag, Buffer.from(value, 'latin1'));
}

function oid(first: number, second: number, ...rest: number[]): Buffer {
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
