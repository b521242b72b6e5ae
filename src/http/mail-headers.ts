// The headers of a mail that its reader may want to see beside its addresses and its subject.
const shown = new Set([
  'message-id',
  'date',
  'reply-to',
  'in-reply-to',
  'references',
  'auto-submitted',
  'x-auto-response-suppress',
]);

/** Unfolded (RFC 5322 §2.2.3), in their order. */
export function headersOf(eml: Buffer): { name: string; value: string }[] {
  const end = eml.indexOf('\r\n\r\n');
  const head = eml.subarray(0, end === -1 ? eml.length : end).toString('utf8');
  return head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 1).trim() }))
    .filter(({ name }) => shown.has(name.toLowerCase()));
}
