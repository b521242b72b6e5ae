// By what a template is known: made once of its name, and the same for ever, since steps and addresses name it.

/** That of the message that thanks for a payment: no step sends it. */
export const thanksTemplate = 'thank-you';

export const kindOfTemplate = (key: string): 'reminder' | 'thanks' => (key === thanksTemplate ? 'thanks' : 'reminder');

/** 'Relance très ferme' becomes 'relance-tres-ferme', with a number behind it where that is taken. */
export function templateKey(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/gi, 'oe')
    .replace(/æ/gi, 'ae')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-|-$/g, '');
  const key = plain === '' ? 'template' : plain;
  if (!taken.has(key)) return key;
  let count = 2;
  while (taken.has(`${key}-${count}`)) count += 1;
  return `${key}-${count}`;
}
