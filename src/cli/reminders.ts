// Messages and tasks of steps as commands list them, a line each.
import type { ReminderShown } from '../app/browse.ts';
import { formatAmount, formatShortDay } from '../core/format.ts';
import { levelNames, messageStates, stateShown } from '../words/values.ts';
import { table } from './command.ts';
import { wordsOf } from './words.ts';

export function reminderLines(rows: readonly ReminderShown[], language: 'fr' | 'en'): string[] {
  const words = wordsOf(language);
  const cells = rows.map((one) => [
    one.id,
    formatShortDay(one.leftOn ?? one.sendOn),
    one.kind === 'thanks' ? levelNames[language](0, null, 'thanks') : words.level(one.level),
    one.formalNotice ? words.sequence.formalNotice : (one.stepName ?? ''),
    one.customerName,
    one.invoices.map(({ number }) => number).join(', '),
    [...(one.askedMinor === null ? [] : [{ minor: one.askedMinor, currency: one.currency }]), ...one.askedOthers]
      .map(({ minor, currency }) => formatAmount(minor, currency, language))
      .join(' + '),
    messageStates[language][stateShown(one)],
    one.waitsTooLong && one.waitsDays !== null ? words.approving.waits(one.waitsDays) : '',
  ]);
  return table(cells, [6]);
}
