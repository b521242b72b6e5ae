// The company's templates, each once with its languages, under the name that it has in the language of the page.
import type { Sequence } from '../../src/contract/sequence.ts';
import type { Template } from '../../src/contract/template.ts';
import { useInside } from '../inside.tsx';
import { useThing } from '../queries.ts';
import { useLanguage } from '../words/words.tsx';

export interface NamedTemplate {
  key: string;
  name: string;
  /** Of the messages that it makes: thanks are sent by no step. */
  kind: Template['kind'];
  /** One row a language. */
  rows: Template[];
}

/** By their names. */
export function useTemplates() {
  const { company } = useInside();
  const language = useLanguage();
  const query = useThing<{ rows: Template[] }>(company.id, 'templates');
  // The language of the page first.
  const rows = [...(query.data?.rows ?? [])].sort(
    (a, b) => Number(b.language === language) - Number(a.language === language),
  );
  const byKey = Map.groupBy(rows, (row) => row.key);
  const templates = [...byKey].map(
    ([key, rows]): NamedTemplate => ({
      key,
      name: rows[0]!.name,
      kind: rows[0]!.kind,
      rows,
    }),
  );
  templates.sort((a, b) => a.name.localeCompare(b.name, language));
  return { query, templates: query.data === undefined ? undefined : templates };
}

export interface TemplateUse {
  sequenceId: string;
  sequenceTitle: string;
  steps: string[];
}

/** Which steps of which sequences send a message of this template. */
export function usesOf(sequences: readonly Sequence[], key: string): TemplateUse[] {
  return sequences.flatMap(({ id, title, steps }) => {
    const using = steps.filter((step) => step.templateKey === key);
    return using.length === 0 ? [] : [{ sequenceId: id, sequenceTitle: title, steps: using.map((step) => step.name) }];
  });
}
