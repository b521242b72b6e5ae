// Rules that put customers in sequences (B4): the first that matches holds, what a person chose stands before all of them, and who moves
// by one goes on as an enrolment by hand would (rules 10 and 11).
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { browseCustomers, browseSequences } from '../../src/app/browse.ts';
import { changeCompany } from '../../src/app/change-company.ts';
import { claimBatch } from '../../src/app/claim-reminders.ts';
import { DeliveryLedger } from '../../src/app/delivery-ledger.ts';
import { previewImport, runImport } from '../../src/app/import-file.ts';
import { browseRules, previewEnrolment, previewRules } from '../../src/app/preview-rules.ts';
import { saveCustomer } from '../../src/app/save-customer.ts';
import { type RuleInput, saveRules } from '../../src/app/save-rules.ts';
import { deleteSequence, enrolCustomers, saveSequence } from '../../src/app/save-sequence.ts';
import { sequenceShown } from '../../src/app/sequence-shown.ts';
import { oneOperation, workOperation } from '../../src/app/work-operations.ts';
import { addDays } from '../../src/core/day.ts';
import { ruleFor } from '../../src/core/enrolment-rule.ts';
import { followed } from '../../src/words/values.ts';
import { bodyOf, draftOf } from '../../web/pages/sequences/draft.ts';
import { importMany } from '../world/many.ts';
import { makeWorld, value, type World } from '../world/world.ts';

const nothing: Omit<RuleInput, 'name' | 'sequenceId'> = {
  categories: [],
  kinds: [],
  languages: [],
  countries: [],
  openFromMinor: null,
  keyAccount: null,
  excludedTypes: [],
};
type Sketch = Partial<RuleInput> & Pick<RuleInput, 'name' | 'sequenceId'>;

const browsed = (world: World) => browseRules(world.context, world.acting);

/** Saves these rules, the default as it is; those that are named as before stay the same rules. */
async function rule(world: World, ...sketches: Sketch[]): Promise<number> {
  const { version, defaultSequenceId, rules } = await browsed(world);
  const named = sketches.map((one) => ({ ...nothing, id: rules.find(({ name }) => name === one.name)?.id, ...one }));
  return value(await saveRules(world.context, world.acting, { rules: named, defaultSequenceId, version })).moved;
}

/** What an invoice's customer follows, and why: 'Prudente, rule Publics'. */
async function placed(world: World, number: string): Promise<string> {
  const { by, rule, sequence } = (await world.explain(number)).placed;
  return `${sequence ?? '—'}, ${by}${rule === null ? '' : ` ${rule}`}`;
}

/** A company with a default (J+5, J+20) and two other sequences; a customer of each kind with an invoice that bears its name. */
async function three() {
  const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
  const { sequenceId: patient } = await world.sequence('Patiente', [{ at: 15 }, { at: 40 }]);
  const { sequenceId: prompt } = await world.sequence('Rapide', [{ at: 1 }, { at: 8 }]);
  const business = await world.customer('Brun', { category: 'GMS' });
  const town = await world.customer('Mairie', { kind: 'public', category: 'gms ' });
  const person = await world.customer('Odet', { kind: 'consumer' });
  const brun = await world.invoice(business, { number: 'BRUN' });
  for (const [id, number] of [
    [town, 'MAIRIE'],
    [person, 'ODET'],
  ] as const)
    await world.invoice(id, { number });
  return { world, patient, prompt, business, town, person, brun };
}

describe('Who is held by which rule', () => {
  test('the first rule that matches, whatever the case of a category; who matches none follows the default', async () => {
    const { world, patient, prompt } = await three();
    expect(
      await rule(
        world,
        { name: 'Publics', kinds: ['public'], sequenceId: patient },
        { name: 'Grande distribution', categories: ['gms'], sequenceId: prompt },
      ),
    ).toBe(2);
    expect(await placed(world, 'MAIRIE')).toBe('Patiente, rule Publics');
    expect(await placed(world, 'BRUN')).toBe('Rapide, rule Grande distribution');
    expect(await placed(world, 'ODET')).toBe('Test, default');
    // The other way round, the town is one of the category first.
    await rule(
      world,
      { name: 'Grande distribution', categories: ['gms'], sequenceId: prompt },
      { name: 'Publics', kinds: ['public'], sequenceId: patient },
    );
    expect(await placed(world, 'MAIRIE')).toBe('Rapide, rule Grande distribution');
    await world.runDays(1, 6);
    expect(await world.diary()).toEqual(['J+1 R1 BRUN', 'J+1 R1 MAIRIE', 'J+5 R1 ODET']);
    expect((await browsed(world)).rules.map(({ name, customers }) => `${name} ${customers}`)).toEqual([
      'Grande distribution 2',
      'Publics 0',
    ]);
  });

  test('all conditions of a rule hold at once; language and country are the company’s where the customer has none', async () => {
    const { world, prompt, business } = await three();
    const foreign = await world.customer('Delaware', { country: 'US', language: 'en' });
    await world.invoice(foreign, { number: 'US' });
    await rule(
      world,
      { name: 'Anglophones', languages: ['en'], countries: ['US'], sequenceId: prompt },
      { name: 'Français clés', countries: ['FR'], languages: ['fr'], keyAccount: true, sequenceId: null },
    );
    expect(await placed(world, 'US')).toBe('Rapide, rule Anglophones');
    expect(await placed(world, 'BRUN')).toBe('Test, default');
    value(await saveCustomer(world.context, world.acting, { id: business, keyAccount: true }));
    expect(await placed(world, 'BRUN')).toBe('—, rule Français clés');
    expect(await world.reasonOf('BRUN')).toBe('no-sequence');
  });

  test('the company’s language changes: who has none of their own is held anew at once', async () => {
    const { world, prompt, town } = await three();
    value(await saveCustomer(world.context, world.acting, { id: town, language: 'fr' }));
    await rule(world, { name: 'Anglophones', languages: ['en'], sequenceId: prompt });
    value(await changeCompany(world.context, world.acting, { language: 'en' }));
    expect(await placed(world, 'BRUN')).toBe('Rapide, rule Anglophones');
    expect(await placed(world, 'MAIRIE')).toBe('Test, default');
    await world.run(world.J(1));
    expect(await world.diary()).toEqual(['J+1 R1 BRUN', 'J+1 R1 ODET']);
  });

  test('what a person chose is never taken back by a rule or a default: a sequence, and no reminders', async () => {
    const { world, patient, prompt, business, town } = await three();
    await world.enrol([business], patient);
    value(await enrolCustomers(world.context, world.acting, { customerIds: [town], enrolment: 'none' }));
    await rule(world, { name: 'Tous', sequenceId: prompt });
    expect(await placed(world, 'BRUN')).toBe('Patiente, chosen');
    expect(await placed(world, 'MAIRIE')).toBe('—, none');
    expect(await placed(world, 'ODET')).toBe('Rapide, rule Tous');
    value(await saveCustomer(world.context, world.acting, { id: town, category: 'autre', kind: 'business' }));
    expect(await placed(world, 'MAIRIE')).toBe('—, none');
    // Given back by a person, the rules hold them again.
    value(await enrolCustomers(world.context, world.acting, { customerIds: [town, business], enrolment: 'default' }));
    expect(await placed(world, 'MAIRIE')).toBe('Rapide, rule Tous');
    expect(await placed(world, 'BRUN')).toBe('Rapide, rule Tous');
  });

  test('a customer made later is held at once', async () => {
    const { world, patient } = await three();
    await rule(world, { name: 'Publics', kinds: ['public'], sequenceId: patient });
    await world.invoice(await world.customer('Région', { kind: 'public' }), { number: 'REGION' });
    expect(await placed(world, 'REGION')).toBe('Patiente, rule Publics');
  });
});

describe('Who moves by a rule goes on as if moved by hand', () => {
  test('a category that an import changes moves its customer, by rule 11; who is new in the file is held at once', async () => {
    const { world, patient, business } = await three();
    await rule(world, { name: 'Publics', categories: ['Public'], sequenceId: patient });
    await world.runDays(5, 16);
    const { number } = await world.inside((tx) =>
      tx.selectFrom('customer').select('number').where('id', '=', business).executeTakeFirstOrThrow(),
    );
    const csv = `Numéro client;Nom;Catégorie\n${number};Brun;Public\nN-1;Nouvelle;Public\n`;
    const imported = value(
      await runImport(world.context, world.acting, {
        kind: 'customers',
        source: { name: 'clients.csv', stream: Readable.from([Buffer.from(csv)]) },
      }),
    );
    expect(imported.state).toBe('finished');
    expect(await placed(world, 'BRUN')).toBe('Patiente, rule Publics');
    expect((await browsed(world)).rules[0]!.customers).toBe(2);
    // J+5 was taken, J+15 is past: J+40 is next. The others go on as before.
    await world.runDays(16, 41);
    expect((await world.diary()).filter((line) => line.endsWith('BRUN'))).toEqual(['J+5 R1 BRUN', 'J+40 R2 BRUN']);
    expect((await world.diary()).filter((line) => line.endsWith('ODET'))).toEqual(['J+5 R1 ODET', 'J+20 R2 ODET']);
  });

  test('a message of the former sequence that waits is not sent any more', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
    const { sequenceId } = await world.sequence('Autre', [{ at: 10 }]);
    await world.invoice(await world.customer(), { number: 'F' });
    await world.run(world.J(5));
    expect(await world.waiting()).toHaveLength(1);
    await rule(world, { name: 'Tous', sequenceId });
    expect(await world.waiting()).toEqual([]);
    await world.runDays(5, 11);
    expect(await world.diary()).toEqual(['J+10 R1 F']);
  });

  test('a rule that is removed, or whose sequence is deleted, leaves its customers to the next rule, then to the default', async () => {
    const { world, patient, prompt } = await three();
    const publics: Sketch = { name: 'Publics', kinds: ['public'], sequenceId: patient };
    const category: Sketch = { name: 'Distribution', categories: ['GMS'], sequenceId: prompt };
    await rule(world, publics, category);
    await rule(world, category);
    expect(await placed(world, 'MAIRIE')).toBe('Rapide, rule Distribution');
    value(await deleteSequence(world.context, world.acting, { sequenceId: prompt }));
    expect(await placed(world, 'MAIRIE')).toBe('Test, default');
    expect((await browsed(world)).rules).toEqual([]);
  });

  test('whose chosen sequence is deleted gets no reminders, is told so and found so', async () => {
    const { world, prompt, business } = await three();
    await world.enrol([business], prompt);
    value(await deleteSequence(world.context, world.acting, { sequenceId: prompt }));
    const { rows } = await browseCustomers(world.context, world.acting, { limit: 5, sequence: 'none' });
    expect(rows).toMatchObject([{ id: business, enrolment: 'chosen', followsId: null, followsTitle: null }]);
    expect(await placed(world, 'BRUN')).toBe('—, chosen');
    expect(followed.fr(null, 'chosen', null)).toBe('Aucune relance · séquence supprimée');
    expect(followed.fr(null, 'none', null)).toBe('Aucune relance · choisi');
  });

  test('old invoices never begin by surprise: a customer that a rule brings back from none is met today (rule 10)', async () => {
    const { world, prompt, business } = await three();
    await rule(world, { name: 'Clés', keyAccount: true, sequenceId: null });
    value(await saveCustomer(world.context, world.acting, { id: business, keyAccount: true }));
    await world.runDays(0, 30);
    value(await saveCustomer(world.context, world.acting, { id: business, keyAccount: false }));
    await rule(world, { name: 'Distribution', categories: ['GMS'], sequenceId: prompt });
    await world.run();
    expect(await world.outside()).toEqual(['BRUN']);
  });
});

describe('Invoices of a type that a rule leaves out', () => {
  test('they are not dunned and say why; a message that waits for one is taken out, whatever the day', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
    const customer = await world.customer('Brun');
    await world.invoice(customer, { number: 'F-1' });
    await world.invoice(customer, { number: 'SUB', type: 'subscription' });
    await world.run(world.J(5));
    expect(await world.waiting()).toHaveLength(2);
    const sketch: Sketch = {
      name: 'Sans abonnements',
      sequenceId: world.sequenceId,
      excludedTypes: ['subscription'],
    };
    expect(await rule(world, sketch)).toBe(0);
    expect((await world.waiting()).map(({ invoices }) => invoices.join())).toEqual(['F-1']);
    const reason = { code: 'type-excluded', with: { type: 'subscription', rule: 'Sans abonnements' } };
    expect((await world.explain('SUB')).receivables[0]).toMatchObject({ verdict: 'hold', reason });
    expect((await browsed(world)).rules[0]!.leftOut).toBe(1);
    await world.runDays(5, 60, { approve: true });
    expect(await world.diary()).toEqual(['J+5 R1 F-1']);
  });

  test('let in again, what never entered is met on that day: an old one is listed and does not leave', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }] });
    const customer = await world.customer('Brun');
    const leaving: Sketch = { name: 'Tous', sequenceId: world.sequenceId, excludedTypes: ['deposit'] };
    await rule(world, leaving);
    await world.invoice(customer, { number: 'OLD', type: 'deposit' });
    await world.invoice(customer, { number: 'YOUNG', type: 'deposit', dueOn: world.J(28) });
    await world.runDays(0, 30);
    await world.expectNothing();
    const { version, defaultSequenceId, rules } = await browsed(world);
    const input = { rules: [{ ...rules[0]!, excludedTypes: [] }], defaultSequenceId };
    const { effect } = value(await previewRules(world.context, world.acting, { ...input, days: 60 }));
    expect([effect.messages, effect.outside.receivables]).toEqual([1, 1]);
    value(await saveRules(world.context, world.acting, { ...input, version }));
    await world.runDays(30, 40);
    expect(await world.diary()).toEqual(['J+33 R1 YOUNG']);
    expect(await world.outside()).toEqual(['OLD']);
  });
});

describe('An amount that is owed', () => {
  test('moves when invoices arrive, and nobody in mid-course: neither in nor out, whatever is paid', async () => {
    const { world, prompt, business, brun } = await three();
    await rule(world, { name: 'Gros encours', openFromMinor: 50_000, sequenceId: prompt });
    expect(await placed(world, 'BRUN')).toBe('Test, default');
    const big = await world.invoice(business, { number: 'BIG', totalMinor: 40_000, dueOn: world.J(30) });
    expect(await placed(world, 'BRUN')).toBe('Rapide, rule Gros encours');
    await world.run(world.J(1));
    expect(await world.diary()).toEqual(['J+1 R1 BRUN']);
    // Paid to less than the amount in its middle: what was begun goes on.
    await world.pay(business, 40_000, big);
    await world.invoice(business, { number: 'NEW', totalMinor: 1_000, dueOn: world.J(60) });
    expect(await placed(world, 'BRUN')).toBe('Rapide, rule Gros encours');
    await world.run(world.J(8));
    expect(await world.diary()).toEqual(['J+1 R1 BRUN', 'J+8 R1 MAIRIE', 'J+8 R1 ODET', 'J+8 R2 BRUN']);
    // What was begun is paid: the next invoice finds it below the amount.
    await world.pay(business, 10_000, brun);
    await world.invoice(business, { number: 'LAST', totalMinor: 1_000, dueOn: world.J(60) });
    expect(await placed(world, 'LAST')).toBe('Test, default');
  });

  test('the pure function: in mid-course an amount lets nobody in or out unless a person changes the rules', () => {
    const big = { ...nothing, id: 'big', name: 'big', sequenceId: null, openFromMinor: 100 };
    const customer = {
      category: null,
      kind: 'business' as const,
      language: 'fr',
      country: 'FR',
      keyAccount: false,
      openMinor: 0,
      inMidCourse: true,
      ruleId: null as string | null,
    };
    const held = (change: Partial<typeof customer>, occasion: 'facts' | 'person') =>
      ruleFor({ ...customer, ...change }, [big], occasion)?.id ?? null;
    expect(held({ openMinor: 100 }, 'facts')).toBe(null);
    expect(held({ openMinor: 100 }, 'person')).toBe('big');
    expect(held({ ruleId: 'big' }, 'facts')).toBe('big');
    expect(held({ ruleId: 'big' }, 'person')).toBe('big');
    expect(held({ openMinor: 100, inMidCourse: false }, 'facts')).toBe('big');
    expect(held({ openMinor: 99, inMidCourse: false, ruleId: 'big' }, 'facts')).toBe(null);
  });
});

describe('What rules would do is said before', () => {
  test('who moves from where to where, what waits and is begun; the messages are those that leave once it is saved', async () => {
    const { world, patient, prompt, business, person } = await three();
    await world.lateBy(person, 3, 40);
    await world.runDays(5, 12);
    await world.pay(business, 2_000);
    await world.customer('Sans dette', { kind: 'public' });
    const { version } = await browsed(world);
    const rules: RuleInput[] = [
      { ...nothing, name: 'Publics', kinds: ['public'], sequenceId: patient },
      { ...nothing, name: 'Distribution', categories: ['GMS'], sequenceId: prompt },
      { ...nothing, name: 'Particuliers', kinds: ['consumer'], sequenceId: null },
    ];
    const input = { rules, defaultSequenceId: world.sequenceId };
    const before = await world.preview(addDays(world.today, 60));
    const said = value(await previewRules(world.context, world.acting, { ...input, days: 60 }));
    expect(await world.preview(addDays(world.today, 60))).toEqual(before);
    expect(said.held).toEqual([2, 1, 1]);
    expect(said.byDefault).toBe(0);
    const from = world.sequenceId;
    expect(said.passages).toEqual([
      { from, to: patient, customers: 2, invoices: 1, begun: 1, waiting: 0 },
      { from, to: prompt, customers: 1, invoices: 1, begun: 1, waiting: 0 },
      { from, to: null, customers: 1, invoices: 3, begun: 2, waiting: 0 },
    ]);
    const { moved } = value(await saveRules(world.context, world.acting, { ...input, version }));
    expect(moved).toBe(4);
    const after = await world.preview(addDays(world.today, 60));
    const days = [...Map.groupBy(after.reminders, (one) => one.leavesOn)].map(
      ([day, those]) => `${day} ${those.length}`,
    );
    expect(said.effect.days.map(({ day, messages }) => `${day} ${messages}`)).toEqual(days);
    // Two of the consumer's; and one for which the quick sequence has nothing left to take.
    expect(said.effect.compared.stops).toBe(3);
    // Saved again, nothing moves; with what was shown before, it is refused.
    expect(await saveRules(world.context, world.acting, { ...input, version })).toMatchObject({
      ok: false,
      fault: { code: 'conflict' },
    });
  });

  test('an enrolment by hand says what it leaves', async () => {
    const world = await makeWorld({ steps: [{ at: 5, requiresApproval: true }] });
    const { sequenceId: other } = await world.sequence('Autre', [{ at: 10 }]);
    const customer = await world.customer();
    await world.invoice(customer);
    await world.invoice(customer, { dueOn: world.J(20) });
    await world.run(world.J(5));
    const ask = (enrolment: 'chosen' | 'default' | 'none', sequenceId?: string) =>
      previewEnrolment(world.context, world.acting, { customerIds: [customer], enrolment, sequenceId });
    expect(value(await ask('chosen', other)).passages).toEqual([
      { from: world.sequenceId, to: other, customers: 1, invoices: 2, begun: 1, waiting: 1 },
    ]);
    expect(value(await ask('chosen', world.sequenceId)).passages).toEqual([]);
    expect(value(await ask('none')).passages).toMatchObject([{ to: null, waiting: 1 }]);
  });

  test('each change stands in the history: rules added, changed, removed, customers moved', async () => {
    const { world, patient, prompt } = await three();
    await rule(world, { name: 'Publics', kinds: ['public'], sequenceId: patient });
    await rule(world, { name: 'Publics', kinds: ['public'], sequenceId: prompt });
    await rule(world);
    const events = await world.inside((tx) => tx.selectFrom('event').select('type').orderBy('id').execute());
    expect(events.map(({ type }) => type).filter((type) => /rule|placed/.test(type))).toEqual([
      'enrolment-rule.added',
      'customer.placed',
      'enrolment-rule.changed',
      'customer.placed',
      'enrolment-rule.removed',
      'customer.placed',
    ]);
  });

  test('so does another default; saving the former one, which was opened before, does not bring it back', async () => {
    const { world } = await three();
    const opened = (await browseSequences(world.context, world.acting))
      .map(sequenceShown)
      .find((one) => one.isDefault)!;
    const { sequenceId } = await world.sequence('Nouvelle', [{ at: 7 }], { makeDefault: true });
    value(await saveSequence(world.context, world.acting, { id: opened.id, ...bodyOf(draftOf(opened)) }));
    expect((await browsed(world)).defaultSequenceId).toBe(sequenceId);
    const events = await world.inside((tx) => tx.selectFrom('event').select('type').orderBy('id').execute());
    expect(events.map(({ type }) => type).filter((type) => /default|placed/.test(type))).toEqual([
      'company.default-sequence-changed',
      'company.default-sequence-changed',
      'customer.placed',
      'customer.placed',
      'customer.placed',
    ]);
  });

  test('many at once: they are in the other sequence at once, what they owe is worked out after it, and nothing stale leaves meanwhile', async () => {
    const world = await makeWorld({ steps: [{ at: 5 }, { at: 20 }] });
    const { sequenceId } = await world.sequence('Patiente', [{ at: 15 }, { at: 40 }]);
    const { context, acting } = world;
    await importMany(context, acting, 501, { issuedOn: world.J(-30), dueOn: world.due });
    await world.plan(world.J(5));
    expect(await world.ready()).toHaveLength(501);
    const { mails } = await claimBatch(context, acting.companyId, world.worker, 10, 'hand-over');
    const { version } = await browsed(world);
    const rules = [{ ...nothing, name: 'Tous', sequenceId }];
    const saved = await saveRules(context, acting, { rules, defaultSequenceId: world.sequenceId, version });
    const { moved, operationId } = value(saved);
    expect(moved).toBe(501);
    expect(await placed(world, 'F-0001')).toBe('Patiente, rule Tous');
    // What a delivery had claimed by then is not its any more.
    const company = await world.inside((tx) => tx.selectFrom('company').selectAll().executeTakeFirstOrThrow());
    expect(await new DeliveryLedger(context, company, world.worker).begin(mails[0]!)).toBe(null);
    // Delivery comes before the operation: what was planned in the former sequence does not leave.
    expect(await world.deliver()).toMatchObject({ captured: 0 });
    await workOperation(context, acting.companyId, operationId!);
    expect(value(await oneOperation(context, acting, operationId!))).toMatchObject({
      kind: 'enrol',
      enrolment: null,
      state: 'finished',
      done: 501,
      changed: 501,
    });
    expect(await world.ready()).toEqual([]);
    const cases = await world.inside((tx) =>
      tx.selectFrom('dunning_case').select(['state', 'next_on', 'met_how']).distinct().execute(),
    );
    expect(cases).toEqual([{ state: 'waiting', next_on: world.J(15), met_how: 'moved' }]);
  });

  test('the preview of a file says whom its categories would move, and moves nobody', async () => {
    const { world, patient, prompt } = await three();
    await rule(
      world,
      { name: 'GMS', categories: ['GMS'], sequenceId: patient },
      { name: 'PME', categories: ['PME'], sequenceId: prompt },
    );
    const rows = [
      'numéro;nom;catégorie',
      ...(await numbers(world)).map((number, index) => `${number};N ${number};${index < 2 ? 'PME' : ''}`),
      'NEUF;Neuf;PME',
    ];
    const source = { name: 'clients.csv', stream: Readable.from([Buffer.from(rows.join('\n'))]) };
    const seen = value(await previewImport(world.context, world.acting, { kind: 'customers', source }));
    expect(seen).toMatchObject({ state: 'read', passages: [{ from: patient, to: prompt, customers: 2, invoices: 2 }] });
    expect(await placed(world, 'BRUN')).toBe('Patiente, rule GMS');
  });
});

const numbers = async (world: World): Promise<string[]> =>
  (await browseCustomers(world.context, world.acting, { limit: 50 })).rows.map(({ number }) => number);
