// The sequences that Relance brings: each makes sense, its messages are whole in both languages, and say to whom they are written no
// more than the law gives; adding one is done whole, once, and overwrites nothing.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addReadyMadeSequence, browseReadyMade } from '../../src/app/add-ready-made.ts';
import { browseSequences } from '../../src/app/browse.ts';
import { readTemplate, textsOfTones } from '../../src/app/ready-made.ts';
import { readyMadeCodes, readyMadeSequences, templateNames } from '../../src/app/ready-made-sequences.ts';
import { deleteSequence, saveSequence } from '../../src/app/save-sequence.ts';
import { browseTemplates, saveTemplate } from '../../src/app/save-template.ts';
import { addDays } from '../../src/core/day.ts';
import { mergeTags } from '../../src/core/merge-tags.ts';
import { checkTemplate, type MessageFacts, type MessageLine, renderMessage } from '../../src/core/message.ts';
import { whatIsOdd, whatIsWrong } from '../../src/core/sequence.ts';
import { thanksTemplate } from '../../src/core/template-key.ts';
import { firstOwner, startSite } from '../world/site.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const languages = ['fr', 'en'] as const;
type Language = (typeof languages)[number];
type Key = keyof typeof templateNames;

const line = (number: string, dueOn: string, lateDays: number): MessageLine => ({
  invoiceNumber: number,
  issuedOn: addDays(dueOn, -30),
  dueOn,
  totalMinor: 120_000,
  askedMinor: 120_000,
  lateDays,
  currency: 'EUR',
});

function rendered(key: Key, language: Language, invoices: 1 | 2) {
  const lines = [line('FAC-118', '2026-10-10', 45), line('FAC-121', '2026-10-20', 35)];
  return value(renderMessage(readTemplate(language, key), factsIn(language, lines.slice(0, invoices))));
}

const factsIn = (language: Language, lines: readonly MessageLine[]): MessageFacts => ({
  language,
  today: '2026-11-24',
  customerName: 'Jeanne Kerbrat',
  customerNumber: 'C-001',
  companyName: 'Atelier Morvan',
  senderName: 'Claire Morvan',
  paymentDetails: 'IBAN FR14 2004 1010 0505 0001 3M02 606',
  level: 1,
  lines,
});

const keysOf = (code: (typeof readyMadeCodes)[number]): Key[] =>
  readyMadeSequences[code].steps.map(({ templateKey }) => templateKey);

describe('each ready-made sequence', () => {
  test.each(readyMadeCodes)('%s: nothing is wrong, and odd is only a formal notice by e-mail alone', (code) => {
    for (const language of languages) {
      const { titles, steps, ending } = readyMadeSequences[code];
      const draft = {
        title: titles[language],
        ending,
        steps: steps.map(({ names, toDo, offsetDays: days, ...step }) => ({
          ...step,
          timing: { kind: 'due' as const, days },
          name: names[language],
          fileIds: [],
          channels: [toDo === null ? ('email' as const) : ('task' as const)],
        })),
      };
      const nameable = { templateKeys: new Set(Object.keys(templateNames)), fileSizes: new Map<string, number>() };
      expect(whatIsWrong(draft, nameable)).toEqual([]);
      const formalNotices = steps.filter((step) => step.formalNotice).map(() => 'formal-notice-by-mail-alone');
      expect(whatIsOdd(draft, nameable.fileSizes).map((odd) => odd.code)).toEqual(formalNotices);
    }
  });

  test.each<[(typeof readyMadeCodes)[number], string[]]>([
    ['business', ['-3 0 notice', '5 1 friendly', '15 2 firm', '30 3 formal-notice approved']],
    [
      'consumers',
      [
        '-5 0 consumer-notice',
        '7 1 consumer-friendly',
        '21 2 consumer-reminder',
        '45 3 consumer-formal-notice approved',
      ],
    ],
    [
      'public-bodies',
      ['-10 0 public-notice', '7 1 public-reminder', '25 2 public-interest', '50 3 public-formal-notice approved'],
    ],
    [
      'key-accounts',
      ['10 1 key-account-review approved', '30 2 key-account-reminder approved', '60 3 formal-notice approved'],
    ],
    ['calls-only', ['3 1 friendly task', '10 2 friendly task', '20 3 firm task', '35 4 firm task']],
  ])('%s: its steps', (code, steps) => {
    expect(
      readyMadeSequences[code].steps.map((step) =>
        [
          step.offsetDays,
          step.level,
          step.templateKey,
          ...(step.requiresApproval ? ['approved'] : []),
          ...(step.toDo === null ? [] : ['task']),
        ].join(' '),
      ),
    ).toEqual(steps);
  });

  test('no two templates go by one name in the list that a step is given its message from', () => {
    for (const language of languages) {
      const names = Object.values(templateNames).map((name) => name[language]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  test('every file of templates/ is a template of one of them, or the text of a tone, in both languages', () => {
    const used = [...new Set([...readyMadeCodes.flatMap(keysOf), thanksTemplate])].sort();
    expect(Object.keys(templateNames).sort()).toEqual(used);
    for (const language of languages)
      expect(readdirSync(join(import.meta.dirname, '../../templates', language)).sort()).toEqual(
        [...new Set([...used, ...Object.values(textsOfTones)])].map((key) => `${key}.md`).sort(),
      );
  });
});

describe('every message', () => {
  const asking = (Object.keys(templateNames) as Key[]).filter((key) => key !== thanksTemplate);
  const all = asking.flatMap((key) =>
    languages.flatMap((language) => ([1, 2] as const).map((invoices) => [key, language, invoices] as const)),
  );

  test.each(all)('%s in %s for %i: whole, named, payable', (key, language, invoices) => {
    const { subject, text, html } = rendered(key, language, invoices);
    for (const part of [subject, text, html]) expect(part).not.toMatch(/\{[{%]|[%}]\}|undefined|[\ue000-\uf8ff]/);
    expect(subject.length).toBeLessThan(90);
    expect(subject).toContain(invoices === 1 ? 'FAC-118' : 'FAC-118, FAC-121');
    for (const tag of ['IBAN FR14 2004', 'Claire Morvan\nAtelier Morvan', 'FAC-118']) expect(text).toContain(tag);
    const source = readTemplate(language, key).body;
    // The table stands alone on its line, or it is no table.
    expect(source).toMatch(/\n\n\{\{ invoice_table \}\}\n\n/);
    for (const [, tag] of source.matchAll(/\{\{ (\w+) \}\}/g)) expect(mergeTags).toContain(tag);
    // One message speaks of one invoice, the other of several.
    if (language === 'fr') expect(text).toMatch(invoices === 1 ? /\bfacture\b/i : /\bfactures\b/i);
    else expect(text).toMatch(invoices === 1 ? /\binvoice\b/i : /\binvoices\b/i);
    expect(subject).toMatch(invoices === 1 ? /(facture|invoice)\s/i : /(factures|invoices)\s/i);
  });

  const french = (Object.keys(templateNames) as Key[]).filter((key) => key.includes('-') && key !== 'formal-notice');
  test.each(french)('%s: hard spaces and typographic apostrophes where French wants them', (key) => {
    const { subject, body } = readTemplate('fr', key);
    for (const part of [subject, body.replace(/\{%.*?%\}/g, '')])
      expect(part).not.toMatch(/ [:;?!»]|« |'|\d €|\b[LRD]\. \d/);
  });

  test.each(all.filter(([key]) => !key.includes('formal-notice')))(
    '%s in %s for %i is courteous',
    (key, language, n) => {
      const { text } = rendered(key, language, n);
      expect(text).toMatch(language === 'fr' ? /Bonjour,/ : /Hello,/);
      const isNotice = key.endsWith('notice');
      const crossed = language === 'fr' ? /veuillez ne pas en tenir compte/ : /please disregard it/;
      if (isNotice) expect(text).not.toMatch(crossed);
      else expect(text).toMatch(crossed);
    },
  );
});

test('the message that thanks says what was paid and when, and nothing that could be taken for a claim', () => {
  const paid = ['FAC-118', 'FAC-121'].map((number) => ({ ...line(number, '2026-10-10', 0), paidOn: '2026-11-02' }));
  const said = languages.map((language) => {
    const { subject, text, html } = value(
      renderMessage(readTemplate(language, thanksTemplate), { ...factsIn(language, []), paid }),
    );
    for (const part of [subject, text, html]) expect(part).not.toMatch(/\{[{%]|[%}]\}|undefined|[\ue000-\uf8ff]/);
    expect(checkTemplate(readTemplate(language, thanksTemplate), 'thanks').ok).toBe(true);
    expect(`${text}${html}`).not.toMatch(/IBAN|Total|reste dû|amount due|2.400/i);
    expect(html).toMatch(/FAC-118.*02\/11\/2026.*FAC-121/s);
    return `${subject}\n\n${text}`;
  });
  expect(said[0]).toMatchInlineSnapshot(`
    "Merci pour votre règlement, factures FAC-118, FAC-121

    Bonjour,

    Nous avons bien reçu votre règlement et vous en remercions. Il concerne les factures suivantes :

    Facture FAC-118
      Date : 10/09/2026
      Réglée le : 02/11/2026
      Montant TTC : 1 200,00 €
    Facture FAC-121
      Date : 10/09/2026
      Réglée le : 02/11/2026
      Montant TTC : 1 200,00 €

    Vous n’avez rien à faire : ce message vous confirme seulement la bonne réception de votre règlement.

    Cordialement,
    Claire Morvan
    Atelier Morvan
    "
  `);
});

describe('what the law gives against whom', () => {
  /** What only a professional debtor or a public one owes (C. com. L441-10, CCP L2192-13), or nobody at all ("frais de relance"). */
  const claims: Record<string, RegExp> = {
    'a fixed sum': /40\s?€|€\s?40|indemnit|fixed sum|lump sum/i,
    penalties: /pénalit|penalt|majoration|surcharge/i,
    'costs or fees': /\bfrais\b|\bcosts?\b|\bfees?\b/i,
    'interest of business law': /moratoire|default interest|441|Banque centrale|Central Bank/i,
    interest: /intérêts?\b|\binterest\b/i,
    'the formal notice': /mettons en demeure|formal notice to pay/i,
  };
  const told = (key: Key): string[] => {
    const found = languages.map((language) => {
      const both = ([1, 2] as const).map((invoices) => rendered(key, language, invoices));
      const text = both.map((one) => `${one.subject}\n${one.text}`).join('\n');
      return Object.keys(claims).filter((claim) => claims[claim]!.test(text));
    });
    // Both languages claim the same.
    expect(found[1], key).toEqual(found[0]);
    return found[0]!;
  };

  test.each<[Key, string[]]>([
    ['notice', []],
    ['friendly', []],
    ['firm', []],
    ['formal-notice', ['the formal notice']],
    ['consumer-notice', []],
    ['consumer-friendly', []],
    ['consumer-reminder', []],
    ['consumer-formal-notice', ['interest', 'the formal notice']],
    ['public-notice', []],
    ['public-reminder', []],
    ['public-interest', ['a fixed sum', 'costs or fees', 'interest of business law', 'interest']],
    [
      'public-formal-notice',
      ['a fixed sum', 'costs or fees', 'interest of business law', 'interest', 'the formal notice'],
    ],
    ['key-account-review', []],
    ['key-account-reminder', []],
  ])('%s claims %j', (key, claimed) => expect(told(key)).toEqual(claimed));

  test('a consumer’s formal notice speaks of the legal rate and of the Civil Code, without a figure', () => {
    expect(rendered('consumer-formal-notice', 'fr', 1).text).toMatch(
      /intérêt au taux légal \(articles 1231-6 et 1344-1/,
    );
    expect(rendered('consumer-formal-notice', 'en', 1).text).toMatch(/French legal rate \(articles 1231-6 and 1344-1/);
    for (const language of languages)
      expect(rendered('consumer-formal-notice', language, 1).text).not.toMatch(/\d\s?%/);
  });

  test('no step of a consumer’s sequence takes a template that a business is written to with', () => {
    const others = new Set(readyMadeCodes.filter((code) => code !== 'consumers').flatMap(keysOf));
    expect(keysOf('consumers').filter((key) => others.has(key))).toEqual([]);
  });
});

describe('golden texts', () => {
  test('a consumer’s formal notice, in French, for two invoices', () => {
    const { subject, text } = rendered('consumer-formal-notice', 'fr', 2);
    expect(`${subject}\n\n${text}`).toMatchInlineSnapshot(`
      "Mise en demeure : factures FAC-118, FAC-121

      Jeanne Kerbrat,

      Malgré nos relances, les factures suivantes, la plus ancienne échue le 10 octobre 2026, demeurent impayées :

      Facture FAC-118
        Date : 10/09/2026
        Échéance : 10/10/2026
        Montant TTC : 1 200,00 €
        Reste dû : 1 200,00 €
      Facture FAC-121
        Date : 20/09/2026
        Échéance : 20/10/2026
        Montant TTC : 1 200,00 €
        Reste dû : 1 200,00 €
      Total : 2 400,00 €

      Nous vous mettons en demeure de nous régler la somme de 2 400,00 € sous quinze jours à compter de la réception de la présente.

      La présente mise en demeure fait courir, sur cette somme, l’intérêt au taux légal (articles 1231-6 et 1344-1 du Code civil). À défaut de règlement dans ce délai, nous nous réservons le droit de saisir la juridiction compétente.

      Si vous traversez une période difficile, ou si vous contestez cette somme, répondez-nous avant ce terme : un échéancier reste possible.

      IBAN FR14 2004 1010 0505 0001 3M02 606

      Nous vous prions d’agréer nos salutations distinguées.

      Claire Morvan
      Atelier Morvan
      "
    `);
  });

  test('a public body’s reminder of interest, in French', () => {
    const { subject, text } = rendered('public-interest', 'fr', 1);
    expect(`${subject}\n\n${text}`).toMatchInlineSnapshot(`
      "Relance : facture FAC-118, retard de paiement de 45 jours

      À l’attention du service comptable

      Bonjour,

      Malgré notre précédent message, et sauf erreur ou omission de notre part, la facture suivante demeure impayée, avec un retard de 45 jours :

      Facture FAC-118
        Date : 10/09/2026
        Échéance : 10/10/2026
        Montant TTC : 1 200,00 €
        Reste dû : 1 200,00 €

      Le délai de paiement des marchés publics est, en règle générale, de trente jours au plus, cinquante pour les établissements publics de santé (articles L. 2192-10, R. 2192-10 et R. 2192-11 du Code de la commande publique). Dès le lendemain de son expiration, le retard fait courir, de plein droit et sans autre formalité, des intérêts moratoires au taux de refinancement de la Banque centrale européenne majoré de huit points, et donne droit à une indemnité forfaitaire pour frais de recouvrement de 40 € (articles L. 2192-13, R. 2192-31 et D. 2192-35).

      Nous vous remercions de faire procéder au paiement de 1 200,00 €, intérêts moratoires non compris, et de nous en indiquer la date.

      IBAN FR14 2004 1010 0505 0001 3M02 606

      Si votre règlement s’est croisé avec ce courrier, veuillez ne pas en tenir compte.

      Cordialement,
      Claire Morvan
      Atelier Morvan
      "
    `);
  });

  test('a key account’s review, in English, for two invoices', () => {
    const { subject, text } = rendered('key-account-review', 'en', 2);
    expect(`${subject}\n\n${text}`).toMatchInlineSnapshot(`
      "Checking on your invoices FAC-118, FAC-121

      Hello,

      Going through your account, we do not yet find the payment of the following invoices, the oldest of which was due on 10 October 2026:

      Invoice FAC-118
        Date: 10/09/2026
        Due: 10/10/2026
        Amount: €1,200.00
        Amount due: €1,200.00
      Invoice FAC-121
        Date: 20/09/2026
        Due: 20/10/2026
        Amount: €1,200.00
        Amount due: €1,200.00
      Total: €2,400.00

      Could you confirm that they are recorded and cleared for payment, and on which day payment is planned? If you lack anything (purchase order, delivery note, duplicate), or if something is under discussion, tell us: we will see to it.

      IBAN FR14 2004 1010 0505 0001 3M02 606

      If your payment has crossed this message, please disregard it.

      Kind regards,
      Claire Morvan
      Atelier Morvan
      "
    `);
  });

  test('the friendly reminder to a business, in French', () => {
    const { subject, text } = rendered('friendly', 'fr', 1);
    expect(`${subject}\n\n${text}`).toMatchInlineSnapshot(`
      "Facture FAC-118 en attente de règlement

      Bonjour,

      Sauf erreur ou omission de notre part, nous n’avons pas encore reçu le règlement de la facture suivante, échue le 10 octobre 2026 :

      Facture FAC-118
        Date : 10/09/2026
        Échéance : 10/10/2026
        Montant TTC : 1 200,00 €
        Reste dû : 1 200,00 €

      Pourriez-vous nous indiquer la date à laquelle vous prévoyez de la régler, ou nous dire ce qui l’empêcherait ?

      IBAN FR14 2004 1010 0505 0001 3M02 606

      Si votre règlement s’est croisé avec ce courrier, veuillez ne pas en tenir compte.

      Cordialement,
      Claire Morvan
      Atelier Morvan
      "
    `);
  });
});

describe('adding one', () => {
  const add = (world: World, code: string) => addReadyMadeSequence(world.context, world.acting, { code });
  const has = async (world: World) =>
    (await browseReadyMade(world.context, world.acting)).rows
      .filter(({ sequenceId }) => sequenceId !== null)
      .map(({ sequence }) => sequence.code);
  const titles = async (world: World) =>
    (await browseSequences(world.context, world.acting)).map(({ row }) => row.title);
  const templates = (world: World) => browseTemplates(world.context, world.acting);

  test('a new company has the business one as its default, and nothing of the others', async () => {
    const world = await makeWorld();
    expect(await has(world)).toEqual(['business']);
    const [standard, ...others] = await browseSequences(world.context, world.acting);
    expect(others).toEqual([]);
    expect(standard).toMatchObject({ isDefault: true, row: { title: 'Séquence standard' } });
    expect((await templates(world)).length).toBe(8);
  });

  test.each(readyMadeCodes.slice(1))('%s: its steps and templates are there, nobody is in it', async (code) => {
    const world = await makeWorld();
    await world.invoice(await world.customer());
    const before = (await templates(world)).length;
    const added = value(await add(world, code));
    const made = (await browseSequences(world.context, world.acting)).find(({ row }) => row.id === added.sequenceId)!;
    expect(made).toMatchObject({ isDefault: false, customers: 0, after: readyMadeSequences[code].ending });
    const { steps, titles: named, descriptions } = readyMadeSequences[code];
    expect(made.row).toMatchObject({ title: named.fr, description: descriptions.fr });
    expect(
      made.steps.map((step) => ({
        level: step.level,
        name: step.name,
        offsetDays: step.offset_days,
        templateKey: step.template_key,
        tone: step.tone,
        requiresApproval: step.requires_approval,
        formalNotice: step.formal_notice,
        rolesTo: step.roles_to,
        channels: step.channels,
        taskText: step.task_text,
      })),
    ).toEqual(
      steps.map(({ names, toDo, ...step }) => ({
        ...step,
        name: names.fr,
        channels: [toDo === null ? 'email' : 'task'],
        taskText: toDo?.fr ?? null,
      })),
    );
    const after = await templates(world);
    expect(after.length - before).toBe(added.templates);
    for (const key of keysOf(code))
      for (const language of languages)
        expect(after.find((one) => one.key === key && one.language === language)).toMatchObject(
          readTemplate(language, key),
        );
    expect(await has(world)).toEqual(['business', code]);
  });

  test('in an English company it has English words', async () => {
    const world = await makeWorld({ language: 'en' });
    value(await add(world, 'consumers'));
    expect(await titles(world)).toEqual(['Standard sequence', 'Consumers']);
  });

  test('what is edited is not overwritten, what is shared is not written twice', async () => {
    const world = await makeWorld();
    const own = { key: 'formal-notice', language: 'fr', subject: 'Nos propres mots', body: '{{ invoice_table }}' };
    value(await saveTemplate(world.context, world.acting, own));
    const early = { key: 'key-account-review', language: 'en', subject: 'Ours', body: '{{ invoice_table }}' };
    value(await saveTemplate(world.context, world.acting, early));
    // Two keys in two languages, of which one was there; the formal notice is there in both.
    expect(value(await add(world, 'key-accounts')).templates).toBe(3);
    expect(await templates(world)).toEqual(
      expect.arrayContaining([expect.objectContaining(own), expect.objectContaining(early)]),
    );
  });

  test('twice: refused by its title of today, with no second sequence and no second set of templates', async () => {
    const world = await makeWorld();
    const { sequenceId } = value(await add(world, 'consumers'));
    const made = (await browseSequences(world.context, world.acting)).find(({ row }) => row.id === sequenceId)!;
    const [first] = made.steps;
    const steps = [{ id: first!.id, level: 1, name: 'R1', offsetDays: 9, templateKey: 'consumer-friendly' }];
    value(await saveSequence(world.context, world.acting, { id: sequenceId, title: 'Nos particuliers', steps }));
    const before = await templates(world);
    expect(await add(world, 'consumers')).toEqual({
      ok: false,
      fault: { code: 'ready-made-there', with: { title: 'Nos particuliers' } },
    });
    expect(await templates(world)).toEqual(before);
    expect(await titles(world)).toEqual(['Séquence standard', 'Nos particuliers']);
  });

  test('two at the same instant: one is added', async () => {
    const world = await makeWorld();
    const both = await Promise.all([add(world, 'consumers'), add(world, 'consumers')]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await titles(world)).toEqual(['Séquence standard', 'Particuliers']);
  });

  test('deleted, it can be added again; so can the business one', async () => {
    const world = await makeWorld();
    const { sequenceId } = value(await add(world, 'consumers'));
    value(await deleteSequence(world.context, world.acting, { sequenceId }));
    expect(await has(world)).toEqual(['business']);
    expect(value(await add(world, 'consumers')).templates).toBe(0);
    const [standard] = await browseSequences(world.context, world.acting);
    const deletion = { sequenceId: standard!.row.id };
    const refused = { ok: false, fault: { code: 'sequence-is-default', with: {} } };
    expect(await deleteSequence(world.context, world.acting, deletion)).toEqual(refused);
    await world.sequence('Autre', [{ at: 5 }], { makeDefault: true });
    value(await deleteSequence(world.context, world.acting, deletion));
    expect(await has(world)).toEqual(['consumers']);
    expect(value(await add(world, 'business')).templates).toBe(0);
    expect(await has(world)).toEqual(['business', 'consumers']);
  });

  test('one that is not known is not found', async () => {
    const world = await makeWorld();
    for (const code of ['tasks', 'constructor'])
      expect(await add(world, code)).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  });

  test('over the API: offered to readers, added by managers, told in the history, refused in words', async () => {
    const site = await startSite();
    const { visitor, companyId } = await firstOwner(site);
    const at = (path: string): string => `/api/companies/${companyId}${path}`;
    const keyOf = async (role: string) =>
      (await visitor.ask('POST', at('/api-keys'), { name: role, role })).body.key as string;
    const asking = async (role: string) => ({ authorization: `Bearer ${await keyOf(role)}` });
    const offered = await visitor.ask('GET', at('/ready-made-sequences'), undefined, await asking('reader'));
    expect(offered.status).toBe(200);
    expect(offered.body.rows.map((row: { code: string }) => row.code)).toEqual([...readyMadeCodes]);
    expect(offered.body.rows[1]).toMatchObject({ title: 'Particuliers', law: 'FR', sequenceId: null });
    expect(offered.body.rows[1].steps[3]).toMatchObject({
      name: 'Mise en demeure',
      offsetDays: 45,
      rolesTo: expect.any(Array),
    });
    const path = at('/ready-made-sequences/consumers');
    for (const role of ['reader', 'agent'])
      expect((await visitor.ask('POST', path, undefined, await asking(role))).status, role).toBe(403);
    const added = await visitor.ask('POST', path, undefined, await asking('manager'));
    expect(added).toMatchObject({ status: 201, body: { templates: 8 } });
    const again = await visitor.ask('POST', path, undefined, { 'accept-language': 'fr' });
    expect(again).toMatchObject({ status: 409, body: { code: 'ready-made-there' } });
    expect(again.body.detail).toContain('sous le titre « Particuliers »');
    const { rows } = (await visitor.ask('GET', at('/ready-made-sequences'))).body;
    expect(rows[1].sequenceId).toBe(added.body.sequenceId);
    const history = (await visitor.ask('GET', at('/history'))).body.rows;
    expect(history).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'sequence.created',
          payload: expect.objectContaining({ title: 'Particuliers', readyMade: 'consumers' }),
        }),
      ]),
    );
    expect(site.unexpected).toEqual([]);
    await site.stop();
  });
});
