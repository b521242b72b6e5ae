// `relance payments`: a person says that every payment is entered.
import { confirmPayments } from '../app/check-bank.ts';
import { formatDay } from '../core/format.ts';
import { type Command, exitCodes, orThrow } from './command.ts';
import { runVerb } from './verbs.ts';
import { wordsOf } from './words.ts';

export const paymentsCommand: Command = {
  name: 'payments',
  summary: 'Say that every payment up to today is entered.',
  help: `relance payments known

Where reminders wait for the bank (setting bankFreshDays), what waited goes on. Importing payments says the same by itself.

Example
  relance payments known`,
  run: runVerb('payments', {
    known: {
      run: async ({ context, acting, language }) => {
        const confirmed = orThrow(await confirmPayments(context, acting));
        const lines = [wordsOf(language).paymentsKnown(formatDay(confirmed.knownOn, language))];
        return { exitCode: exitCodes.done, json: confirmed, lines };
      },
    },
  }),
};
