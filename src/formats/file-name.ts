// The name under which a file goes with a message.
import { extensionsOf } from './file-type.ts';

/** In code points, as long as a mail program shows. */
const longest = 120;

/** Without folders, control characters and what shows a name otherwise than it is (U+202E turns "fdp.exe" into "exe.pdf"). */
export function fileName(name: string): string {
  const last = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}+/gu, '')
    .split(/[/\\]/)
    .at(-1)!
    .trim();
  return shortened(last) || 'document';
}

/** The name with an extension of that media type, in place of another one: a program opens a file by it. */
export function namedAs(name: string, type: string): string {
  const extensions = extensionsOf(type);
  const given = /\.([a-z][a-z0-9]{0,4})$/i.exec(name);
  if (extensions.length === 0 || extensions.includes(given?.[1]?.toLowerCase() ?? '')) return name;
  const stem = given === null ? name : name.slice(0, given.index);
  return shortened(`${stem || 'document'}.${extensions[0]}`);
}

/** Its end, where the extension is; no character is cut in two. */
const shortened = (name: string): string => [...name].slice(-longest).join('').trim();
