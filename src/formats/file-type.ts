// What kind of file some bytes are, as far as they may go with a message: told by the bytes, never by what a browser claims.

const office: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

const texts: Record<string, string> = { txt: 'text/plain', csv: 'text/csv' };

const signatures: [string, (bytes: Buffer) => boolean][] = [
  // At its start, but for a byte order mark or blanks. ISO 32000-1, Annex H lets readers look for it in the first 1024 bytes: a page of
  // HTML with the header in a comment would be a PDF.
  ['application/pdf', (bytes) => /^(?:\xEF\xBB\xBF)?\s*%PDF-/.test(bytes.toString('latin1', 0, 1024))],
  ['image/png', (bytes) => bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))],
  ['image/jpeg', (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))],
  ['image/gif', (bytes) => /^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))],
  ['image/webp', (bytes) => /^RIFF.{4}WEBP$/s.test(bytes.toString('latin1', 0, 12))],
];

const ownExtensions: Record<string, readonly string[]> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
};

/** What the name of a file whose type is told by its bytes may end in, the usual one first; none where the name tells the type. */
export const extensionsOf = (type: string): readonly string[] => ownExtensions[type] ?? [];

/** Its media type; null where it is none of those that may be attached. */
export function fileType(name: string, bytes: Buffer): string | null {
  const found = signatures.find(([, is]) => is(bytes));
  if (found !== undefined) return found[0];
  const extension = /\.([a-z]{2,4})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  // An office document is a ZIP archive; which one, only its name says.
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))) return office[extension] ?? null;
  const isText = extension in texts && bytes.length > 0 && !bytes.includes(0);
  return isText ? texts[extension]! : null;
}
