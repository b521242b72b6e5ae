// Figures as commands print them: amounts by currency, effects of a sequence, messages that would leave, who would move.
import { browseSequences } from '../app/browse.ts';
import type { Passage } from '../app/preview-rules.ts';
import { formatAmount, formatShortDay } from '../core/format.ts';
import type { Amount } from '../core/reminder.ts';
import type { Simulated } from '../core/simulation.ts';
import { type CommandInput, table } from './command.ts';
import { wordsOf } from './words.ts';

type Language = CommandInput['language'];

export function amounts(of: readonly Amount[], language: Language): string {
  return of.length === 0 ? '—' : of.map(({ minor, currency }) => formatAmount(minor, currency, language)).join(' + ');
}

/** '3 messages, 1 task, €120.00, 1 of them to approve'; what there is none of is not said. */
function counted(
  { messages, tasks, toApprove, amounts: asked }: Pick<Simulated, 'messages' | 'tasks' | 'toApprove' | 'amounts'>,
  language: Language,
): string {
  const words = wordsOf(language);
  return [
    words.messages(messages),
    ...(tasks > 0 ? [words.tasks(tasks)] : []),
    ...(asked.length > 0 ? [amounts(asked, language)] : []),
    ...(toApprove > 0 ? [words.effect.toApprove(toApprove)] : []),
  ].join(', ');
}

/** A table below a line that it belongs to. */
export const indented = (rows: readonly string[][]): string[] => table(rows).map((line) => `  ${line}`);

/** `steps`: their names, in the order of the effect's. */
export function effectLines(effect: Simulated, steps: readonly string[], language: Language): string[] {
  const words = wordsOf(language);
  const { compared, outside } = effect;
  return [
    words.effect.over(words.customers(effect.customers), words.instalments(effect.receivables)),
    counted(effect, language),
    ...indented(
      steps.flatMap((name, index) => {
        const step = effect.steps[index];
        return step === undefined ? [] : [[name, counted(step, language)]];
      }),
    ),
    ...indented(effect.days.map((one) => [formatShortDay(one.day), counted(one, language)])),
    words.effect.compared(compared.sooner, compared.later, compared.begins, compared.stops, compared.same),
    ...(effect.asked > 0 ? [words.effect.asked(effect.asked)] : []),
    ...(outside.receivables > 0 ? [words.effect.outside(outside.receivables, amounts(outside.amounts, language))] : []),
    ...(effect.withoutAddress > 0 ? [words.effect.withoutAddress(effect.withoutAddress)] : []),
  ];
}

/** Who leaves what for what, and what is left behind there. */
export async function passageLines(
  { context, acting, language }: CommandInput,
  passages: readonly Passage[],
): Promise<string[]> {
  const words = wordsOf(language);
  if (passages.length === 0) return [words.enrolled.nobody];
  const titles = await titlesOf({ context, acting });
  const called = (id: string | null): string => (id === null ? words.none : (titles.get(id) ?? words.sequence.gone));
  return passages.flatMap(({ from, to, customers, invoices, begun, waiting }) => [
    words.enrolled.passage(words.customers(customers), called(from), called(to)),
    `  ${words.enrolled.behind(words.invoices(invoices), begun, waiting)}`,
  ]);
}

/** The titles of the company's sequences, by their identifiers. */
export async function titlesOf({ context, acting }: Pick<CommandInput, 'context' | 'acting'>) {
  return new Map((await browseSequences(context, acting)).map(({ row }) => [row.id, row.title]));
}
