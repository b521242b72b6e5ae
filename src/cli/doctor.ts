// `relance doctor`: recomputes what is derived and checks what must hold.
import { examine } from '../app/examine.ts';
import { type Command, exitCodes } from './command.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Check balances, cases, deliveries and the chain of proof.',
  help: `relance doctor

Recomputes every balance from its allocations, looks for receivables without a case, for reminders that nobody
has in hands, and goes through the chain of proof. Exit code 3 when something is found.

Example
  relance doctor --json`,
  async run({ context, acting }) {
    const findings = await examine(context, acting);
    const lines = findings.map(
      (one) =>
        `${one.count === 0 ? 'ok   ' : 'FOUND'} ${one.check}${one.count === 0 ? '' : `: ${one.count} (${one.examples.join(', ')})`}`,
    );
    const bad = findings.some((one) => one.count > 0);
    return { exitCode: bad ? exitCodes.findings : exitCodes.done, json: { findings }, lines };
  },
};
