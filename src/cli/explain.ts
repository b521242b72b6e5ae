// `relance explain`: why an invoice is where it is, and what comes next.
import { explainInvoice } from '../app/preview-run.ts';
import { formatAmount, formatDay } from '../core/format.ts';
import { reasonSentence } from '../core/reason-words.ts';
import { typeset } from '../words/typeset.ts';
import { followed } from '../words/values.ts';
import { type Command, exitCodes, orThrow } from './command.ts';
import { named, oneWord } from './given.ts';

export const explainCommand: Command = {
  name: 'explain',
  summary: 'Say why an invoice was reminded, or was not, and what comes next.',
  help: `relance explain INVOICE

An INVOICE is named by its number, or by its identifier where several have that number.

Example
  relance explain FAC-2026-0142`,
  async run(input) {
    const { context, acting, language } = input;
    const usage = 'Say which invoice: relance explain NUMBER';
    // Of two sources that number alike, neither is guessed.
    const [invoiceId] = await named(input, 'invoice', [oneWord(input, usage)], usage);
    const explained = orThrow(await explainInvoice(context, acting, { invoiceId: invoiceId! }));
    const { sequence, by, rule } = explained.placed;
    const lines = explained.receivables.flatMap((one) => [
      `${explained.invoiceNumber}${one.dueOn === null ? '' : `, ${formatDay(one.dueOn, language)}`}: ${formatAmount(one.askedMinor, one.currency, language)}`,
      `  ${typeset(followed[language](sequence, by, rule), language)}`,
      ...one.taken.map(
        (step) =>
          `  R${step.level}  ${step.state}${step.leftOn === null ? '' : `  ${formatDay(step.leftOn, language)}`}`,
      ),
      `  ${reasonSentence(one.reason, language)}`,
    ]);
    return {
      exitCode: exitCodes.done,
      json: explained,
      lines: lines.length === 0 ? [`${explained.invoiceNumber}: nothing is owed.`] : lines,
    };
  },
};
