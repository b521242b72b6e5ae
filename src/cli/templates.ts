// `relance templates`: the texts of messages, shown, checked as the message that they make, saved.
import { previewTemplate } from '../app/preview-template.ts';
import {
  browseTemplates,
  deleteTemplate,
  restoreTemplate,
  saveTemplate,
  type TemplateShown,
} from '../app/save-template.ts';
import { messageLanguage } from '../contract/common.ts';
import * as wire from '../contract/template.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  FaultError,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { levelOption, named, oneWord, readAs, textOption } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

export const templatesCommand: Command = {
  name: 'templates',
  summary: 'Show, check, save, restore or delete the texts of messages.',
  help: `relance templates list
relance templates show KEY [LANGUAGE]
relance templates check FILE [--invoice NUMBER] [--level N]
relance templates save FILE
relance templates restore KEY LANGUAGE --yes
relance templates remove KEY --yes

FILE is the JSON that show --json prints ("-": standard input): key, language, subject, body, and a name if wanted. A key that
is not there makes a new template. check prints the message that it would make, with real figures; an unknown or broken tag is
refused with its line, by check and by save alike. restore brings back the text that came with Relance.

  --invoice NUMBER  with the figures of that invoice; left out, the one that is overdue for longest
  --level N         of the step that the message is for

Examples
  relance templates show friendly fr --json > friendly.json
  relance templates check friendly.json
  relance templates save friendly.json`,
  options: { invoice: { type: 'string' }, level: { type: 'string' }, yes: { type: 'boolean' } },
  run: runVerb('templates', {
    list: { run: list },
    show: { run: show },
    check: { takes: ['invoice', 'level'], run: check },
    save: { run: save },
    restore: { takes: ['yes'], run: restore },
    remove: { takes: ['yes'], run: remove },
  }),
};

/** As show prints it. */
const templateFile = wire.templateChange.extend({
  key: wire.oneTemplate.shape.key,
  language: messageLanguage,
});

async function list({ context, acting, language }: CommandInput): Promise<CommandOutput> {
  const rows = await browseTemplates(context, acting);
  const { original, changed } = wordsOf(language).templates;
  const cells = rows.map((one) => [
    one.key,
    one.language,
    one.name,
    one.readyMade ? (one.original ? original : changed) : '',
    one.subject,
  ]);
  return { exitCode: done, json: { rows }, lines: table(cells) };
}

async function show(input: CommandInput): Promise<CommandOutput> {
  const template = await theTemplate(input);
  const { subject, body } = template;
  return { exitCode: done, json: template, lines: [subject, '', ...body.trimEnd().split('\n')] };
}

async function theTemplate(input: CommandInput): Promise<TemplateShown> {
  const { context, acting, words } = input;
  const key = oneWord(input, 'Say which: relance templates show KEY LANGUAGE');
  const [, language] = words;
  const found = (await browseTemplates(context, acting)).filter(
    (one) => one.key === key && (language === undefined || one.language === language),
  );
  if (found.length === 1) return found[0]!;
  const what = { what: 'template', name: language === undefined ? key : `${key} ${language}` };
  if (found.length === 0) throw new FaultError({ code: 'name-unknown', with: what });
  const candidates = found.map((one) => `${key} ${one.language}`).join(', ');
  throw new FaultError({ code: 'name-ambiguous', with: { ...what, candidates } });
}

async function check(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const template = readAs(templateFile, oneWord(input, 'Say the file: relance templates check FILE'), language);
  const number = textOption(input, 'invoice');
  const [invoiceId] = number === undefined ? [] : await named(input, 'invoice', [number], '');
  const level = levelOption(input);
  const { html: _, ...made } = orThrow(await previewTemplate(context, acting, { ...template, invoiceId, level }));
  const words = wordsOf(language).templates;
  const { customerName, invoiceNumbers, invented } = made.about;
  const said = words.fine(invented ? words.invented : customerName, invoiceNumbers.join(', '));
  return { exitCode: done, json: made, lines: [said, '', made.subject, '', ...made.text.trimEnd().split('\n')] };
}

async function save(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const template = readAs(templateFile, oneWord(input, 'Say the file: relance templates save FILE'), language);
  const saved = orThrow(await saveTemplate(context, acting, template));
  return { exitCode: done, json: saved, lines: [wordsOf(language).templates.saved(saved.name)] };
}

async function restore(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, words, options } = input;
  const said = wordsOf(language);
  const [key, of] = words;
  if (key === undefined || of === undefined)
    throw new UsageError('Say which: relance templates restore KEY LANGUAGE --yes');
  if (options.yes !== true) throw new UsageError(`${said.templates.wouldRestore(`${key} ${of}`)} ${said.confirm}`);
  const restored = orThrow(await restoreTemplate(context, acting, { key, language: of }));
  return { exitCode: done, json: restored, lines: [said.templates.restored(restored.name)] };
}

async function remove(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const said = wordsOf(language);
  const key = oneWord(input, 'Say which: relance templates remove KEY --yes');
  if (options.yes !== true) throw new UsageError(`${said.templates.wouldRemove(key)} ${said.confirm}`);
  const removed = orThrow(await deleteTemplate(context, acting, { key }));
  return { exitCode: done, json: removed, lines: [said.templates.removed(key)] };
}
