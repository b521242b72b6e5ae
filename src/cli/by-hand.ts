// What customers and invoices have alike when a person steers them: messages prepared by hand, and why something is paused.
import { allRows, browseReminders } from '../app/browse.ts';
import { prepareReminders } from '../app/prepare-reminders.ts';
import { previewPrepared } from '../app/preview-prepared.ts';
import type { ReadMessage } from '../app/read-message.ts';
import { reasonSentence } from '../core/reason-words.ts';
import type { RefusedInvoice } from '../db/tables.ts';
import { typeset } from '../words/typeset.ts';
import { type CommandInput, type CommandOutput, exitCodes, orThrow, UsageError } from './command.ts';
import { levelOption, textOption } from './given.ts';
import { reminderLines } from './reminders.ts';
import { wordsOf } from './words.ts';

/** A pause without a reason is a riddle to whoever finds it. */
export function reasonOf(input: Pick<CommandInput, 'options'>): string {
  const reason = textOption(input, 'reason')?.trim() ?? '';
  if (reason === '') throw new UsageError('Say why: --reason TEXT');
  return reason;
}

/** Prepares messages that wait to be approved, one for each customer, currency and step; with --preview, shows them and prepares none. */
export async function remindThese(input: CommandInput, invoiceIds: readonly string[]): Promise<CommandOutput> {
  const { context, acting, language, options } = input;
  const asked = { invoiceIds, level: levelOption(input) };
  const { reminding, messages } = wordsOf(language);
  if (options.preview === true) {
    const preview = orThrow(await previewPrepared(context, acting, asked));
    const lines = preview.messages.flatMap((message) => [...messageLines(message, language), '']);
    return { exitCode: exitCodes.done, json: preview, lines: [...lines, ...refusedLines(preview.refused, language)] };
  }
  const prepared = orThrow(await prepareReminders(context, acting, asked));
  const rows = await allRows((cursor) =>
    browseReminders(context, acting, { limit: 200, cursor, ids: prepared.reminderIds }),
  );
  return {
    // Nothing could be prepared: a script must see that.
    exitCode: prepared.reminderIds.length === 0 ? exitCodes.failed : exitCodes.done,
    json: prepared,
    lines: [
      ...(rows.length === 0 ? [] : [reminding.prepared(messages(rows.length)), ...reminderLines(rows, language)]),
      ...refusedLines(prepared.refused, language),
    ],
  };
}

function refusedLines(refused: readonly RefusedInvoice[], language: 'fr' | 'en'): string[] {
  return refused.map(({ invoiceNumber, reason }) =>
    wordsOf(language).reminding.refused(invoiceNumber, typeset(reasonSentence(reason, language), language)),
  );
}

/** The message as a person reads it. */
export function messageLines(
  { subject, to, cc, text, attachments }: Pick<ReadMessage, 'subject' | 'to' | 'cc' | 'text' | 'attachments'>,
  language: 'fr' | 'en',
): string[] {
  const words = wordsOf(language).reminding;
  return [
    words.to(to.join(', ')),
    ...(cc.length === 0 ? [] : [words.copy(cc.join(', '))]),
    words.subject(subject),
    ...(attachments.length === 0 ? [] : [words.attached(attachments.map(({ name }) => name).join(', '))]),
    '',
    ...text.trimEnd().split('\n'),
  ];
}
