// The name under which a file goes with a message.

/** Without folders and control characters, and not longer than a mail program shows. */
export function fileName(name: string): string {
  const last = name
    .replace(/\p{Cc}+/gu, ' ')
    .split(/[/\\]/)
    .at(-1)!
    .trim();
  return last.slice(-120) || 'document';
}
