// The words of what happened, on the screens.
import { eventWords } from '../../src/words/events.ts';
import { wordsOf } from '../words/words.tsx';

export const useHistoryWords = wordsOf(eventWords);
