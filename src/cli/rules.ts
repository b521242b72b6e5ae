// `relance rules`: which customers follow which sequence where no person chose it.
import { companyStatus } from '../app/company-status.ts';
import { browseRules, previewRules, type RuleShown } from '../app/preview-rules.ts';
import { saveRules } from '../app/save-rules.ts';
import { workOperation } from '../app/work-operations.ts';
import * as wire from '../contract/enrolment-rule.ts';
import { formatAmount } from '../core/format.ts';
import { customerKinds, invoiceTypes } from '../words/values.ts';
import {
  type Command,
  type CommandInput,
  type CommandOutput,
  exitCodes,
  orThrow,
  table,
  UsageError,
} from './command.ts';
import { effectLines, passageLines, titlesOf } from './figures.ts';
import { numberOption, oneWord, readAs } from './given.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

export const rulesCommand: Command = {
  name: 'rules',
  summary: 'Show, preview and save the rules that put customers in sequences.',
  help: `relance rules list
relance rules save FILE [--preview [--days N]]

The first rule that matches holds a customer, after what a person chose and before the default. FILE is the JSON that
list --json prints ("-": standard input): edit it and save it whole, in the order in which the rules are tried. A rule
without an id is new, one that is not named any more is removed. Saving is refused where somebody saved others since.

  --preview   whom the rules would move and what that would send; nothing changes
  --days N    how far the preview looks, 60 by default

Examples
  relance rules list --json > rules.json
  relance rules save rules.json --preview
  relance rules save rules.json`,
  options: { preview: { type: 'boolean' }, days: { type: 'string' } },
  run: runVerb('rules', { list: { run: list }, save: { most: 1, takes: ['preview', 'days'], run: save } }),
};

async function list(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language } = input;
  const words = wordsOf(language);
  const shown = await browseRules(context, acting);
  const { company } = await companyStatus(context, acting);
  const titles = await titlesOf(input);
  const called = (id: string | null): string => (id === null ? words.none : (titles.get(id) ?? words.sequence.gone));
  const rows = shown.rules.map((rule, index) => [
    `${index + 1}.`,
    rule.name,
    conditions(rule, company.currency, language),
    `→ ${called(rule.sequenceId)}`,
    words.customers(rule.customers),
  ]);
  const lines = [
    ...table(rows),
    `${words.rules.otherwise(called(shown.defaultSequenceId))} (${words.customers(shown.byDefault)})`,
    words.rules.chosen(words.customers(shown.chosen), words.customers(shown.none)),
  ];
  return { exitCode: done, json: shown, lines };
}

function conditions(rule: RuleShown, currency: string, language: 'fr' | 'en'): string {
  const words = wordsOf(language).rules;
  const types = rule.excludedTypes.map((type) => invoiceTypes[language][type]).join(', ');
  const said = [
    ...rule.categories,
    ...rule.kinds.map((kind) => customerKinds[language][kind]),
    ...rule.languages,
    ...rule.countries,
    ...(rule.openFromMinor === null ? [] : [words.from(formatAmount(rule.openFromMinor, currency, language))]),
    ...(rule.keyAccount === null ? [] : [words.keyAccount(rule.keyAccount)]),
  ];
  const who = said.length === 0 ? words.everyone : said.join(', ');
  return types === '' ? who : `${who} (${words.leftOut(types)})`;
}

async function save(input: CommandInput): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const words = wordsOf(language);
  const file = oneWord(input, 'Say the file: relance rules save FILE');
  if (options.days !== undefined && options.preview !== true) throw new UsageError('--days goes with --preview.');
  const rules = readAs(wire.savingRules, file, language);
  if (options.preview !== true) {
    const saved = orThrow(await saveRules(context, acting, rules));
    if (saved.operationId !== null) await workOperation(context, acting.companyId, saved.operationId);
    return { exitCode: done, json: saved, lines: [words.rules.saved(saved.moved)] };
  }
  const days = numberOption(input, 'days', 1, 366) ?? 60;
  const preview = orThrow(await previewRules(context, acting, { ...rules, days }));
  const held = rules.rules.map(({ name }, index) => [name, words.customers(preview.held[index]!)]);
  const lines = [
    ...table(held),
    ...(await passageLines(input, preview.passages)),
    ...(preview.passages.length === 0 ? [] : effectLines(preview.effect, [], language)),
  ];
  return { exitCode: done, json: preview, lines };
}
