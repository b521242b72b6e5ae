// The guide's pages in French, in one chunk.
import type { GuideText } from '../../guide/text.ts';

export const texts = import.meta.glob<GuideText>('../../guide/fr/*.md', { eager: true, import: 'default' });
