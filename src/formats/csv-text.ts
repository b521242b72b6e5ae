// From bytes to text: which encoding a file has, and its decoding piece by piece. Line ends become \n.
import { isAscii, isUtf8 } from 'node:buffer';

const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

/** What a file is when it is not text: named so that the person knows what to export again. */
export type OtherFormat = 'xlsx' | 'xls' | 'pdf' | 'image' | 'xml' | 'binary';

const signatures: readonly [OtherFormat, string][] = [
  ['xlsx', '504b0304'],
  ['xls', 'd0cf11e0'],
  ['pdf', '25504446'],
  ['image', '89504e47'],
  ['image', 'ffd8ff'],
  ['image', '47494638'],
  ['binary', '1f8b'],
];

/** The other format that these first bytes show, or null where they may be text. */
export function otherFormatOf(sample: Buffer, encoding: Encoding | null): OtherFormat | null {
  const start = sample.subarray(0, 4).toString('hex');
  const signed = signatures.find(([, signature]) => start.startsWith(signature));
  if (signed !== undefined) return signed[0];
  if (/^\ufeff?\s*<(\?xml|!doctype|html)/i.test(sample.subarray(0, 200).toString('utf8'))) return 'xml';
  if (encoding?.startsWith('utf-16')) return null;
  // A stray control character makes its row faulty; a file full of them is no text, and a short one needs few.
  let controls = 0;
  for (const byte of sample) if (isControl(byte)) controls++;
  return controls * (controls > 16 ? 20 : 5) > sample.length ? 'binary' : null;
}

/** No text has these: tabs, line ends, form feeds, the end mark of old systems (1A) and escapes aside. */
function isControl(byte: number): boolean {
  return byte < 9 || (byte > 13 && byte < 32 && byte !== 0x1a && byte !== 0x1b);
}

/** The encoding that the bytes show, or null while they are all ASCII, which is the same in both candidates. */
export function encodingOf(sample: Buffer): Encoding | null {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  if (isAscii(sample)) return null;
  return isUtf8(withoutCutCharacter(sample)) ? 'utf-8' : 'windows-1252';
}

/** The bytes without a last character of which only the beginning is there (a piece may end anywhere). */
function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
    if (byte < 0x80) return bytes;
  }
  return bytes;
}

/**
 * Decodes piece by piece. An encoding of null is decided at the first piece that is not ASCII. What is not valid becomes
 * U+FFFD, which makes its row faulty where it is read.
 */
export async function* decoded(pieces: AsyncIterable<Buffer>, given: Encoding | null): AsyncGenerator<string> {
  let encoding = given;
  let decoder = encoding === null ? null : new TextDecoder(encoding);
  let heldBack = '';
  for await (const piece of pieces) {
    if (decoder === null) {
      encoding = encodingOf(piece);
      if (encoding !== null) decoder = new TextDecoder(encoding);
    }
    let text = heldBack + (decoder === null ? piece.toString('latin1') : decoder.decode(piece, { stream: true }));
    // A \r at the end may be the first half of a line end.
    heldBack = text.endsWith('\r') ? '\r' : '';
    if (heldBack !== '') text = text.slice(0, -1);
    yield withPlainLineEnds(text);
  }
  yield withPlainLineEnds(heldBack + (decoder?.decode() ?? ''));
}

export function withPlainLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
