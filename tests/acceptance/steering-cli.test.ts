// Steering from the command line: each family of commands as somebody types it, read as it answers, and what came of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Command, CommandInput, CommandOutput } from '../../src/cli/command.ts';
import { type Answer, answer } from '../../src/cli/command-line.ts';
import { postfixReport, vacationAnswer } from '../world/reports.ts';
import { makeWorld, type World, type WorldOptions } from '../world/world.ts';

/** A world and its command line, in this process: words in, what is printed out. */
async function typing(options: WorldOptions, language: 'fr' | 'en' = 'fr') {
  const world = await makeWorld(options);
  const folder = mkdtempSync(join(tmpdir(), 'relance-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  };
  const relance = (...words: string[]): Promise<Answer> => answer(words, language, inWorld(world, language));
  const json = async (...words: string[]) => JSON.parse((await relance(...words, '--json')).out);
  /** As a person reads it: identifiers are not worth comparing. */
  const said = async (...words: string[]) => {
    const { exitCode, out, error } = await relance(...words);
    expect(error, words.join(' ')).toBe('');
    expect(exitCode, out).toBe(0);
    return readable(out);
  };
  return { world, relance, json, said, file };
}

const readable = (text: string): string =>
  text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID').replace(/[\u00a0\u202f]/g, ' ');

const inWorld =
  (world: World, language: 'fr' | 'en') =>
  (command: Command, words: string[], options: CommandInput['options']): Promise<CommandOutput> =>
    command.run({
      words,
      options,
      language,
      context: world.context,
      acting: world.acting,
      connection: world.database.connection,
      worker: async () => world.worker,
      progress: () => {},
    });

const steps = [{ at: 5 }, { at: 15, requiresApproval: true }];

test('a customer is paid for by another, and one that is there twice is merged once it was said what that moves', async () => {
  const { world, relance, said } = await typing({ steps, today: '2026-03-10' });
  await world.customer('Atelier Brun', { number: 'C-1' });
  const twice = await world.customer('Brun', { number: 'C-2', language: 'en', delaysDays: [10] });
  await world.customer('Groupe', { number: 'C-3' });
  expect(await said('customers', 'payer', 'C-1', 'C-2', '--is', 'C-3')).toBe('Payé par C-3 : 2 clients.');
  expect(readable((await relance('customers', 'payer', 'C-3', '--is', 'C-1')).error)).toContain(
    'Atelier Brun est déjà payé',
  );
  expect(await said('customers', 'payer', 'C-1', '--is', 'none')).toBe('Plus de payeur : 1 client.');
  await world.invoice(twice, { number: 'F-1' });
  await world.pay(twice, 1_000);
  const moves = [
    'Fusionner Brun avec Atelier Brun :',
    '  1 facture, dont 1 ouverte : 100,00 €',
    '  1 règlement',
    '  À imputer : 10,00 €',
    '  Contacts ajoutés : brun@example.fr (Direction)',
    'Leur langue n’est pas la même : les messages seront dans celle du client qui reste.',
    'Non repris, Atelier Brun garde les siens : délais propres, payeur.',
    'Une fusion ne s’annule pas.',
  ].join('\n');
  expect(await said('customers', 'merge', 'C-2', '--into', 'C-1', '--preview')).toBe(moves);
  const asked = await relance('customers', 'merge', 'C-2', '--into', 'C-1');
  expect([asked.exitCode, readable(asked.error)]).toEqual([2, expect.stringContaining('Ajoutez --yes pour le faire.')]);
  expect(await said('customers', 'merge', 'C-2', '--into', 'C-1', '--yes')).toBe(
    `${moves}\nBrun est fusionné avec Atelier Brun.`,
  );
  expect(await said('customers', 'list')).not.toContain('C-2');
  expect(readable((await relance('customers', 'merge', 'C-2', '--into', 'C-1', '--preview')).error)).toContain(
    'Un client ne se fusionne pas avec lui-même',
  );
  await world.run(world.J(10));
  expect((await world.received()).map(({ to }) => to)).toEqual([['atelier.brun@example.fr']]);
});

test('a sequence is shown, edited as a file, checked, simulated, saved, replayed, paused and deleted', async () => {
  const { world, relance, json, said, file } = await typing({ steps, today: '2026-03-10' });
  const customerId = await world.customer();
  await world.invoice(customerId);
  expect(await said('sequences', 'list')).toContain('Test');
  expect(await said('sequences', 'show', 'test')).toBe(
    [
      'Test (par défaut)',
      '1 client, 1 échéance ouverte',
      '  R1  R1  J+5   modèle friendly',
      '  R2  R2  J+15  modèle friendly  à valider',
      '  ensuite : rien',
    ].join('\n'),
  );
  const sequence = await json('sequences', 'show', 'Test');

  // Two steps on one day are refused, by the check with an exit code of its own, and by saving.
  const crossing = {
    ...sequence,
    steps: sequence.steps.map((step: object) => ({ ...step, timing: { kind: 'due', days: 5 } })),
  };
  const checked = await relance('sequences', 'check', file('crossing.json', crossing));
  expect(checked.exitCode).toBe(3);
  expect(readable(checked.out)).toContain('À corriger (R2) : Deux étapes le même jour');
  expect((await relance('sequences', 'save', file('crossing.json', crossing))).exitCode).toBe(1);

  const [first, second] = sequence.steps;
  const longer = { ...sequence, steps: [first, { ...second, timing: { kind: 'due', days: 20 } }] };
  const draft = file('longer.json', longer);
  expect(await said('sequences', 'check', draft)).toContain('La séquence peut être enregistrée.');
  const simulated = await said('sequences', 'simulate', draft, '--days', '30');
  expect(simulated).toContain('Du 10 mars 2026 au 9 avril 2026');
  expect(simulated).toContain('2 messages, 100,00 €, dont 1 à valider');
  expect(simulated).toContain('  10/03/2026  1 message, 100,00 €\n  25/03/2026  1 message, 100,00 €, dont 1 à valider');
  expect(await said('sequences', 'save', draft, '--preview', '--days', '30')).toBe(simulated);
  expect((await json('sequences', 'show', 'Test')).steps[1].timing.days).toBe(15);
  expect(await said('sequences', 'save', draft)).toBe('Séquence « Test » enregistrée.');
  expect((await json('sequences', 'show', 'Test')).steps).toMatchObject([
    { id: first.id },
    { id: second.id, timing: { days: 20 } },
  ]);

  // A title without quotes is not taken for its first word.
  expect((await relance('sequences', 'remove', 'Test', 'bis', '--yes')).exitCode).toBe(2);
  const strange = file('strange.json', { ...longer, id: '019ac5d8-3f00-7000-8000-000000000001' });
  expect((await relance('sequences', 'save', strange)).error).toContain('--as-new');

  // The same file as another sequence; with two of one title, the title alone is not enough.
  await said('sequences', 'save', draft, '--as-new');
  const { id: _, ...nameless } = longer;
  await said('sequences', 'save', file('nameless.json', { ...nameless, title: 'Copie' }));
  expect((await json('sequences', 'show', 'Copie')).steps).toHaveLength(2);
  const twice = await relance('sequences', 'show', 'Test', '--json');
  expect(twice.exitCode).toBe(1);
  expect(JSON.parse(twice.out)).toMatchObject({ fault: { code: 'name-ambiguous' } });
  expect(await said('sequences', 'replay', sequence.id, '--from', '2026-01-01', '--to', '2026-03-01')).toContain(
    'Sur 1 client, 1 échéance ouverte',
  );

  expect(await said('sequences', 'pause', sequence.id, '--reason', 'inventaire', '--until', '2026-03-31')).toContain(
    'en pause',
  );
  expect(await said('sequences', 'list')).toContain('en pause jusqu’au 31 mars 2026');
  expect(await said('sequences', 'resume', sequence.id)).toBe('Pauses levées : 1.');

  // The default stays until another is.
  const byDefault = await relance('sequences', 'remove', sequence.id, '--yes');
  expect(byDefault.exitCode).toBe(1);
  expect(readable(byDefault.error)).toContain('Faites d’abord d’une autre la séquence par défaut');
  await world.enrol([customerId], sequence.id);
  await world.sequence('Autre', [{ at: 5 }], { makeDefault: true });

  const unconfirmed = await relance('sequences', 'remove', sequence.id);
  expect(unconfirmed.exitCode).toBe(2);
  expect(readable(unconfirmed.error)).toContain(
    'Supprimer « Test » arrête ses relances : 1 client, 1 échéance ouverte. Ajoutez --yes',
  );
  await said('sequences', 'remove', sequence.id, '--yes');
  expect(await world.reasonOf('F-1')).toBe('sequence-deleted');

  await said('sequences', 'add-ready-made', 'consumers');
  expect(await said('sequences', 'ready-made')).toMatch(/^consumers .*déjà ajoutée/m);
});

test('customers are enrolled with what that leaves said first, by name and by rule', async () => {
  const { world, relance, json, said, file } = await typing({ steps: [{ at: 5 }, { at: 15 }], today: '2026-03-10' });
  const brun = await world.customer('Atelier Brun', { category: 'Grand compte' });
  await world.customer('Atelier Caron');
  await world.invoice(brun);
  await world.run();
  await world.sequence('Douce', [{ at: 30 }]);
  const leaves = [
    '1 client : Test → Douce',
    '  1 facture ; déjà relancées ou sur le point de l’être : 1 ; messages en attente qui ne partiront pas : 0',
  ].join('\n');
  expect(await said('customers', 'enrol', 'atelier brun', '--in', 'Douce', '--preview')).toBe(leaves);
  expect(await said('customers', 'list', 'Brun')).toContain('Test · par défaut');
  expect(await said('customers', 'enrol', 'Atelier Brun', '--in', 'Douce')).toContain(leaves);
  expect(await said('customers', 'list', 'Brun')).toContain('Douce · choisie');
  await said('customers', 'enrol', 'Atelier Brun', '--in', 'default');

  // Nothing is guessed of a name: what it could be is said.
  const unknown = await relance('customers', 'enrol', 'Atelier', '--in', 'none');
  expect(unknown.exitCode).toBe(1);
  expect(readable(unknown.error)).toBe(
    'Aucun client ne s’appelle « Atelier ». Vouliez-vous dire Atelier Brun (C-00001), Atelier Caron (C-00002) ? ' +
      'Nommez-le par son numéro : relance customers list le montre.',
  );

  const rules = await json('rules', 'list');
  const { id: gentle } = await json('sequences', 'show', 'Douce');
  const condition = {
    kinds: [],
    languages: [],
    countries: [],
    openFromMinor: null,
    keyAccount: null,
    excludedTypes: [],
  };
  const rule = { name: 'Grands comptes', sequenceId: gentle, categories: ['grand compte'], ...condition };
  const changed = file('rules.json', { ...rules, rules: [rule] });
  expect(await said('rules', 'save', changed, '--preview')).toContain('1 client : Test → Douce');
  expect((await relance('rules', 'save', changed, '--days', '30')).exitCode).toBe(2);
  expect(await said('customers', 'list', 'Brun')).toContain('Test · par défaut');
  expect(await said('rules', 'save', changed)).toBe('Règles enregistrées. Clients qui changent de séquence : 1.');
  expect(await said('rules', 'list')).toContain('1.  Grands comptes  grand compte  → Douce  1 client');
  expect((await relance('rules', 'save', changed)).error).toContain('modifié entre-temps');
  // Who is held by a rule does not stop with the sequence.
  expect(readable((await relance('sequences', 'remove', 'Douce')).error)).toContain(
    'ceux qui y sont mis à la main : 0 client. La règle « Grands comptes » est supprimée avec elle (1 client) :',
  );

  expect(await said('customers', 'delays', 'C-00002', '10,7,7')).toBe('Délais propres, en jours : 10, 7, 7.');
  expect((await relance('customers', 'delays', 'C-00002', '10,0')).exitCode).toBe(1);
  await said('customers', 'pause', 'C-00001', 'C-00002', '--reason', 'échéancier');
  await world.run('2026-04-20');
  expect(await world.reasonOf('F-1')).toBe('paused');
  expect(await said('customers', 'resume', 'C-00001', 'C-00002')).toBe('Pauses levées : 2.');
});

test('invoices are included, set to a level, paused, disputed and reminded of, each seen before', async () => {
  const { world, relance, said } = await typing({ steps, today: '2026-06-01' });
  const customerId = await world.customer();
  await world.lateBy(customerId, 60, 5);
  await world.run();
  expect(await said('invoices', 'list', '--state', 'outside')).toContain('J+60');
  const preview = await said('invoices', 'include', '--all', '--preview');
  expect(preview).toMatch(
    /^1 facture à inclure ; d’ici au 1er juillet 2026, cela enverrait :\n {2}01\/06\/2026 {2}R1 {2}J\+60/,
  );
  expect(await world.outside()).toEqual(['J+60']);
  expect(await said('invoices', 'include', '--all')).toBe('Incluses : 1 échéance.');
  expect(await world.outside()).toEqual([]);
  expect(await said('invoices', 'include', '--all')).toBe('Incluses : 0 échéance.');

  expect(await said('invoices', 'level', 'J+60', '--level', '1')).toBe('Niveau R1 pour 1 échéance.');
  expect(await said('invoices', 'due', '--level', '2')).toContain('J+60');
  await said('invoices', 'pause', 'J+60', '--reason', 'avoir attendu', '--until', '2026-06-20');
  expect(await world.reasonOf('J+60')).toBe('paused');
  expect(await said('invoices', 'pause', 'J+60', '--reason', 'encore', '--until', '2026-06-20')).toContain(
    'Laissés de côté',
  );
  await said('invoices', 'resume', 'J+60');
  await said('invoices', 'dispute', 'J+60', '--reason', 'livraison incomplète');
  expect(await world.reasonOf('J+60')).toBe('disputed');
  const refused = await relance('invoices', 'remind', 'J+60');
  expect(refused).toMatchObject({ exitCode: 1, out: 'J+60\u00a0: Litige en cours.' });
  await said('invoices', 'close-dispute', 'J+60');

  const seen = await said('invoices', 'remind', 'J+60', '--level', '2', '--preview');
  expect(seen).toContain('À : atelier.brun@example.fr');
  expect(seen).toContain('J+60');
  expect(await world.waiting()).toEqual([]);
  expect(await said('invoices', 'remind', 'J+60', '--level', '2')).toMatch(/^1 message à valider :\nID/);
  expect(await world.waiting()).toMatchObject([{ level: 2, invoices: ['J+60'] }]);
  expect(await said('invoices', 'reminded', 'J+5', '--level', '2', '--note', 'appel')).toBe(
    'Noté : R2, relancée autrement le 1er juin 2026.',
  );
  expect((await relance('invoices', 'reminded', 'J+5', '--level', '7')).error).toContain('n’a pas de niveau R7');
  expect((await relance('invoices', 'start-anew', 'J+60')).exitCode).toBe(2);
  expect(await said('customers', 'remind', 'Atelier Brun', '--preview')).toContain('J+5');
});

test('what waits is read, changed, put off, refused, approved as a whole and held back', async () => {
  const { world, relance, json, said, file } = await typing({
    steps: [{ at: 5, requiresApproval: true }],
    due: '2026-03-02',
  });
  await said('settings', 'set', 'grouping', 'customer');
  for (const name of ['Brun', 'Caron', 'Denis', 'Evrard']) await world.invoice(await world.customer(name));
  await world.invoice((await json('customers', 'list', 'Evrard')).rows[0].id);
  await world.run(world.J(5));
  const { rows } = await json('messages', 'list');
  const idOf = (name: string): string => rows.find((one: { customerName: string }) => one.customerName === name).id;
  const list = await said('messages', 'list');
  expect(list).toMatch(/^ID {2}07\/03\/2026 {2}R1 {2}R1 {2}Brun +F-1 +100,00 € {2}à valider$/m);
  expect(await said('messages', 'show', idOf('Brun'))).toContain('À : brun@example.fr');

  const text = await json('messages', 'text', idOf('Brun'));
  const broken = await relance('messages', 'edit', idOf('Brun'), file('broken.json', { ...text, body: '{{ solde }}' }));
  expect(broken).toMatchObject({ exitCode: 1, error: expect.stringContaining('solde') });
  await said('messages', 'edit', idOf('Brun'), file('text.json', { ...text, subject: 'Petit rappel' }));
  expect(await said('messages', 'show', idOf('Brun'))).toContain('Objet : Petit rappel');
  expect(await said('messages', 'postpone', idOf('Caron'), world.J(9))).toBe('Reporté au 11 mars 2026.');
  expect(await said('messages', 'leave-out', idOf('Evrard'), 'F-5')).toBe(
    'Facture retirée ; il en reste 1 dans le message.',
  );
  expect((await relance('messages', 'resolve', idOf('Evrard'), 'send-again')).error).toContain('pas à vérifier');
  await said('messages', 'refuse', idOf('Denis'), '--reason', 'accord par téléphone');

  expect(await said('messages', 'approve', '--all', '--preview')).toMatch(/^2 messages à valider, 200,00 €\n/);
  expect(await world.ready()).toEqual([]);
  // An option that a verb does not know is not passed over: whoever asks for a preview sends nothing.
  expect((await relance('messages', 'approve', idOf('Brun'), '--preview')).exitCode).toBe(2);
  expect((await relance('messages', 'hold', '--all', '--preview')).exitCode).toBe(2);
  expect(await said('messages', 'approve', '--all')).toMatch(/^Validés : 2\.\n/);
  expect(await said('messages', 'hold', idOf('Evrard'))).toBe('Retenus, de nouveau à valider : 1.');
  expect((await world.waiting()).map(({ invoices }) => invoices)).toEqual([['F-2'], ['F-4']]);
  world.at('2026-11-22T12:00:11Z');
  world.today = world.J(5);
  await said('run');
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
  const nowhere = await relance('messages', 'show', 'F-1');
  expect(readable(nowhere.error)).toBe(
    'Aucun message n’a l’identifiant « F-1 ». Reprenez-le de relance messages list.',
  );
});

test('a task of a step is listed, done and given back; a key account is approved whatever its steps say', async () => {
  const { world, relance, json, said } = await typing({ steps: [{ at: 5, channels: ['task'] }, { at: 15 }] });
  await world.invoice(await world.customer());
  await world.run(world.J(5));
  expect(await said('tasks', 'list', '--due')).toMatch(/^ID {2}07\/03\/2026 {2}R1 {2}Atelier Brun {2}F-1 {2}100,00 €/);
  const [task] = (await json('tasks', 'list')).rows;
  expect(await said('messages', 'show', task.reminder.id)).toContain(task.text);
  expect(await said('tasks', 'done', task.id, '--note', 'promis')).toBe('Tâche faite.');
  expect(await world.diary()).toEqual(['J+5 R1 F-1']);
  await said('tasks', 'undone', task.id);
  expect(await world.diary()).toEqual([]);
  await said('tasks', 'done', task.id);
  expect((await relance('tasks', 'done', 'F-1')).exitCode).toBe(1);

  await said('customers', 'key-account', 'Atelier Brun', '--is', 'yes');
  await world.run(world.J(15));
  expect(await world.waiting()).toMatchObject([{ level: 2 }]);
});

test('settings, closures, templates and payments are shown and changed, in English too', async () => {
  const { world, relance, json, said, file } = await typing({ steps, today: '2026-03-10' }, 'en');
  expect(await said('settings', 'set', 'grouping', 'customer')).toBe('grouping: customer');
  expect(await said('settings', 'set', 'sendingWeekdays', '1,2,3')).toBe('sendingWeekdays: 1,2,3');
  expect(await said('settings', 'set', 'bankFreshDays', '3')).toBe('bankFreshDays: 3');
  expect(await said('settings', 'set', 'bankFreshDays', 'none')).toBe('bankFreshDays: none');
  expect(await said('settings', 'set', 'listsNotDue', 'yes')).toBe('listsNotDue: yes');
  expect(await said('settings', 'set', 'paymentTerms', '30J FDM')).toBe('paymentTerms: 30 days end of month');
  expect(await said('settings', 'show', 'paymentTerms')).toBe('paymentTerms  30 days end of month');
  expect((await relance('settings', 'set', 'paymentTerms', 'R30')).error).toContain('“R30” are not understood');
  expect(await said('settings', 'set', 'paymentTerms', 'none')).toBe('paymentTerms: none');
  expect(await json('settings', 'show')).toMatchObject({
    grouping: 'customer',
    sendingWeekdays: [1, 2, 3],
    bankFreshDays: null,
    listsNotDue: true,
    sendingFrom: '09:00',
  });
  const wrong = await relance('settings', 'set', 'messagesPerWeek', 'a few');
  expect(wrong.exitCode).toBe(2);
  expect(wrong.error).toContain('messagesPerWeek does not take “a few”, but a number from 1 to 100 or none.');
  expect((await relance('settings', 'set', 'frobnicate', '1')).error).toContain('There is no setting “frobnicate”.');

  await said('closures', 'add', '2026-12-24', '2027-01-01', 'Fêtes', '--yearly');
  expect(await said('closures', 'list')).toBe('24/12/2026 – 01/01/2027  Fêtes  every year  ID');
  await said('closures', 'remove', 'Fêtes');
  expect(await said('closures', 'list')).toBe('Nothing to show.');

  await world.invoice(await world.customer());
  const template = await json('templates', 'show', 'friendly', 'en');
  const bad = await relance('templates', 'save', file('bad.json', { ...template, body: 'Due: {{ balance }}' }));
  expect(bad).toMatchObject({ exitCode: 1, error: expect.stringContaining('balance') });
  const good = file('good.json', { ...template, subject: 'About {{ invoice_number }}' });
  expect(await said('templates', 'check', good)).toContain('About F-1');
  expect(await said('templates', 'save', good)).toMatch(/^Template “.*” saved\.$/);
  expect(await said('templates', 'list')).toMatch(/^friendly +en .*changed text +About/m);
  expect((await relance('templates', 'restore', 'friendly', 'en')).exitCode).toBe(2);
  await said('templates', 'restore', 'friendly', 'en', '--yes');
  expect((await json('templates', 'show', 'friendly', 'en')).subject).toBe(template.subject);
  const partial = await relance('templates', 'save', file('partial.json', { key: 'friendly' }), '--json');
  expect(partial.exitCode).toBe(1);
  expect(JSON.parse(partial.out)).toMatchObject({
    fault: { code: 'invalid-input', with: { fields: expect.stringContaining('subject') } },
  });

  expect(await said('payments', 'known')).toBe(
    'Payments are known up to 10 March 2026: what waited for the bank goes on.',
  );
});

test('reports about messages that came back: files, a folder, what a person saw; an address is unblocked', async () => {
  const { world, relance, json, said } = await typing({ steps });
  const contacts = [{ email: 'a@brun.example' }, { email: 'b@brun.example' }];
  await world.invoice(await world.customer('Atelier Brun', { contacts }));
  await world.run(world.J(5));
  const { reminderId } = (await world.received())[0]!;
  const messageId = (await world.mail(reminderId)).messageId!;
  const folder = mkdtempSync(join(tmpdir(), 'relance-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const report = join(folder, '1.eml');
  writeFileSync(report, postfixReport({ messageId, address: 'a@brun.example' }));
  expect(await said('bounces', report)).toBe(`${report} : Atelier Brun, refusé par a@brun.example, remis aux autres.`);
  writeFileSync(join(folder, '2.EML'), vacationAnswer({ messageId, address: 'a@brun.example' }));
  writeFileSync(join(folder, 'lisez-moi.txt'), 'rien');
  const both = await relance('bounces', folder);
  expect(both.exitCode).toBe(3);
  expect(readable(both.out).split('\n')).toEqual([
    `${report} : Atelier Brun, déjà noté pour a@brun.example : rien ne change.`,
    `${join(folder, '2.EML')} : Ce message est une réponse automatique (absence, accusé de réception), non un avis de non-remise : il ne change rien.`,
  ]);
  expect((await relance('bounces', join(folder, 'absent.eml'))).exitCode).toBe(2);
  expect(await said('messages', 'undelivered', reminderId, '--reason', 'boîte pleine', '--keep-address')).toBe(
    'Message non remis : il attend d’être renvoyé, ou refusé.',
  );
  expect((await json('messages', 'list', '--state', 'problems')).rows).toMatchObject([{ state: 'undelivered' }]);
  expect(await said('customers', 'unblock', 'A@brun.example')).toBe('Adresse débloquée : a@brun.example.');
  expect(await said('messages', 'resolve', reminderId, 'send-again')).toBe('Sera envoyé de nouveau.');
});

test('what an invoice bears is shown, a charge waived and claimed again; a rate is said and taken back', async () => {
  const { world, relance, json, said } = await typing({ steps: [{ at: 5 }], due: '2026-06-20' });
  await said('settings', 'set', 'interestFromLevel', '1');
  await said('settings', 'set', 'indemnityFromLevel', '1');
  await world.invoice(await world.customer(), { totalMinor: 100_000 });
  await world.run(world.J(5));
  // 5 days at 12.15 % on 1 000.00.
  expect(await said('charges', 'show', 'F-1')).toBe(
    [
      'Intérêts courus         1,66 €',
      'Indemnité forfaitaire  40,00 €',
      '',
      'Réclamé :',
      'Indemnité forfaitaire  40,00 €  25 juin 2026  40,00 €  ID',
      'Pénalités de retard     1,66 €  25 juin 2026   1,66 €  ID',
    ].join('\n'),
  );
  const { charges } = await json('charges', 'show', 'F-1');
  expect((await relance('charges', 'waive', charges[0].id)).exitCode).toBe(1);
  expect(await said('charges', 'waive', charges[0].id, '--reason', 'geste')).toContain('renoncez');
  expect(await said('charges', 'show', 'F-1')).toContain('abandonné');
  expect(await said('charges', 'restore', charges[0].id)).toBe('De nouveau réclamé.');
  expect(await said('rates', 'list')).toMatch(/2026-H2 +late_payment +12\.40 % +à vérifier/);
  expect((await relance('rates', 'say', 'late_payment', '2026-H2', 'douze')).exitCode).toBe(2);
  expect(await said('rates', 'say', 'late_payment', '2026-H2', '12,4', '--source', 'BCE')).toBe(
    'Taux enregistré : 12.40 %.',
  );
  expect(await said('rates', 'list')).toMatch(/2026-H2 +late_payment +12\.40 % +BCE/);
  expect(await said('rates', 'take-back', 'late_payment', '2026-H2')).toBe('Taux retiré.');
});

test('explain says that several invoices have the number, and explains the one that is named by its identifier', async () => {
  const { world, relance, said } = await typing({ steps, today: '2026-03-10' });
  const customerId = await world.customer('Atelier Brun');
  const first = await world.invoice(customerId, { number: 'F-1', source: 'ERP' });
  await world.invoice(customerId, { number: 'F-1', source: 'Boutique' });
  const answer = await relance('explain', 'F-1');
  expect(answer.exitCode).toBe(1);
  expect(readable(answer.error)).toMatch(
    /Plusieurs factures portent le numéro « F-1 » : ID \(Atelier Brun, (ERP|Boutique)\)/,
  );
  expect(await said('explain', first)).toContain('F-1, ');
});

test('promises and tasks are noted, listed and ended; a customer is given to somebody', async () => {
  const { world, relance, json, said } = await typing({ steps, today: '2026-03-10' });
  const customerId = await world.customer('Atelier Brun', { number: 'C-1' });
  await world.invoice(customerId, { number: 'F-1' });
  await world.invoice(customerId, { number: 'F-2' });
  const on = ['--on', '2026-03-12'];
  expect(
    await said('promises', 'record', 'C-1', ...on, '--invoice', 'F-1', '--amount', '40,50', '--said', 'appel'),
  ).toBe('Promesse notée : rien ne part à ce sujet jusqu’au 12 mars 2026 inclus.');
  expect(await said('promises', 'record', 'atelier brun', ...on)).toContain('Promesse notée');
  const listed = await said('promises', 'list', 'C-1', '--state', 'running');
  expect(listed).toMatch(/ID {2}12\/03\/2026 {2}en cours {2}Atelier Brun {2}tout \(2 factures\)/);
  expect(await said('promises', 'list', '--state', 'replaced')).toMatch(/remplacée.*F-1.*40,50 €.*appel/);
  expect((await relance('promises', 'record', 'C-1', ...on, '--amount', '1.234')).exitCode).toBe(2);
  expect((await relance('promises', 'record', 'C-1')).exitCode).toBe(2);
  const [running] = (await json('promises', 'list', '--state', 'running')).rows;
  expect((await relance('promises', 'withdraw', running.id)).exitCode).toBe(2);
  expect(await said('promises', 'withdraw', running.id, '--reason', 'refusé')).toBe(
    'Promesse retirée : ce qui est dû repart.',
  );
  expect(await said('promises', 'record', 'C-1', '--plan', '2026-03-12:60,2026-04-12:80.50')).toBe(
    'Échéancier noté en 2 mensualités : rien ne part tant qu’il est tenu.',
  );
  expect(await said('promises', 'list', '--state', 'running')).toContain('140,50 €');
  expect((await relance('promises', 'record', 'C-1', '--plan', '2026-03-12')).exitCode).toBe(2);
  // What the run of the day after finds is shown, and is nobody's to say.
  await said('promises', 'record', 'C-1', ...on);
  await world.run('2026-03-13');
  expect(await said('promises', 'list', '--overdue')).toMatch(/non tenue.*200,00 €/);

  expect(await said('tasks', 'add', 'C-1', '--text', 'Passer voir', '--on', '2026-03-20', '--invoice', 'F-2')).toBe(
    'Tâche notée pour le 20 mars 2026.',
  );
  expect(await said('tasks', 'list')).toMatch(/20\/03\/2026.*Atelier Brun.*F-2.*Passer voir/);
  expect((await relance('tasks', 'add', 'C-1', '--on', '2026-03-20')).exitCode).toBe(2);
  const stranger = await relance('tasks', 'add', 'C-1', '--text', 'x', ...on, '--who', 'x@example.org');
  expect(readable(stranger.error)).toContain('Aucun utilisateur de l’entreprise n’a l’adresse « x@example.org »');
  expect(await said('customers', 'in-charge', 'C-1', '--who', 'nobody')).toBe('Plus personne ne suit : 0 client.');

  const terms = (are: string) => relance('customers', 'terms', 'C-1', '--are', are);
  expect(readable((await terms('30J FDM')).out)).toBe('Conditions de règlement pour 1 client : 30 jours fin de mois.');
  expect((await terms('90 jours')).out).toContain('art. L441-10 I');
  expect(await terms('R30')).toMatchObject({ exitCode: 1, error: expect.stringContaining('R30') });
  await said('customers', 'salesperson', 'C-1', '--who', 'Inès Morel', '--email', 'ines@kerbrat.example');
  expect(await said('customers', 'by-email', 'C-1', '--is', 'no')).toBe('Plus de relance par e-mail pour 1 client.');
  for (const name of ['anne', 'paul']) await world.member(name);
  const [anne, paul] = ['anne@kerbrat.example', 'paul@kerbrat.example'];
  await said('absences', 'declare', anne, '--stand-in', paul, '--until', '2026-03-20');
  expect(await said('absences', 'list')).toBe('13/03/2026 – 20/03/2026  anne  remplacement : paul');
  await said('absences', 'end', anne);
  expect(await said('absences', 'list')).toBe('Rien à montrer.');
});
