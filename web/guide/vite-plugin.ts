// Makes a module of each page of the guide: its Markdown read, its pictures as assets whose names change with their content.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { elementsOf, readGuideText } from './read.ts';
import type { GuidePicture } from './text.ts';

const page = /\/guide\/(fr|en)\/[\w-]+\.md$/;

export function guidePages(): Plugin {
  return {
    name: 'relance:guide-pages',
    enforce: 'pre',
    async load(id) {
      const language = page.exec(id)?.[1];
      if (language !== 'fr' && language !== 'en') return null;
      const text = readGuideText(await readFile(id, 'utf8'), language);
      const pictures = elementsOf(text.body).flatMap(({ picture }) => picture ?? []);
      const imports = await Promise.all(pictures.map((picture, index) => asImport(id, picture, index)));
      const code = `${imports.join('')}export default ${JSON.stringify(text).replace(/"@picture (\d+)"/g, 'picture$1')};`;
      return { code, moduleType: 'js' };
    },
  };
}

/** The picture's size goes with it, so that nothing moves when it comes; its address is put in where `@picture` stands. */
async function asImport(id: string, picture: GuidePicture, index: number): Promise<string> {
  const { src } = picture;
  // A PNG begins with eight bytes of signature, the header's length and name, then the width and the height (ISO 15948, 11.2.2).
  const bytes = await readFile(join(dirname(id), src));
  picture.width = bytes.readUInt32BE(16);
  picture.height = bytes.readUInt32BE(20);
  picture.src = `@picture ${index}`;
  return `import picture${index} from ${JSON.stringify(src)};\n`;
}
