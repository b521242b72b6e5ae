// `relance clock`: the simulated date of a practice company.
import { setClock } from '../app/change-company.ts';
import { parseDay } from '../core/day.ts';
import { type Command, exitCodes, orThrow, UsageError } from './command.ts';

export const clockCommand: Command = {
  name: 'clock',
  summary: 'Set or advance the date of a practice company.',
  help: `relance clock set DAY | relance clock advance N | relance clock real

Only a company in practice has a date of its own; going live ends it for good. Advancing does not run the days
between: relance run does, on the day where the clock stands.

Examples
  relance clock set 2026-03-01
  relance clock advance 7`,
  async run({ words, context, acting }) {
    const [what, argument] = words;
    if (what === 'set') {
      const on = parseDay(argument ?? '');
      if (on === null) throw new UsageError('Say the day: relance clock set 2026-03-01');
      return said(orThrow(await setClock(context, acting, { on })));
    }
    if (what === 'advance') {
      const advanceDays = Number(argument);
      if (!Number.isInteger(advanceDays) || advanceDays < 1)
        throw new UsageError('Say by how many days: relance clock advance 7');
      return said(orThrow(await setClock(context, acting, { advanceDays })));
    }
    if (what === 'real') return said(orThrow(await setClock(context, acting, { on: null })));
    throw new UsageError('relance clock set DAY, relance clock advance N or relance clock real');
  },
};

function said(clock: { today: string }) {
  return { exitCode: exitCodes.done, json: clock, lines: [`The company lives on ${clock.today}.`] };
}
