// The guide's pages in English, in one chunk.
import type { GuideText } from '../../guide/text.ts';

export const texts = import.meta.glob<GuideText>('../../guide/en/*.md', { eager: true, import: 'default' });
