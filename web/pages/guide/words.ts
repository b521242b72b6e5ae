// The words around the guide's pages; their own text is Markdown, in web/guide.
import { wordsOf } from '../../words/words.tsx';

const fr = {
  intro: 'Tâche par tâche : ce que vous voulez faire, et comment.',
  parts: { begin: 'Commencer', everyDay: 'Chaque jour', setUp: 'Régler' },
  print: 'Imprimer',
  pages: 'Autres pages du guide',
};
const en: typeof fr = {
  intro: 'Task by task: what you want to do, and how.',
  parts: { begin: 'Begin', everyDay: 'Every day', setUp: 'Set up' },
  print: 'Print',
  pages: 'Other pages of the guide',
};

export const useGuideWords = wordsOf({ fr, en });
