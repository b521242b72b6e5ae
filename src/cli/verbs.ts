// A command that is a noun: what can be done with it is the word after it. An option that a verb does not know is refused, never
// passed over in silence: --preview must not be taken for granted.
import { type Command, type CommandInput, type CommandOutput, UsageError } from './command.ts';

export interface Verb {
  /** The options that it takes, of those of its command. */
  takes?: readonly string[];
  run(input: CommandInput): Promise<CommandOutput>;
}

/** Known to every command. */
const everywhere = ['json', 'help', 'company'];

export function runVerb(name: string, verbs: Readonly<Record<string, Verb>>): Command['run'] {
  return async (input) => {
    const [said, ...words] = input.words;
    const known = Object.keys(verbs);
    if (said === undefined || !known.includes(said))
      throw new UsageError(
        `${said === undefined ? `Say what to do: relance ${name}` : `relance ${name} knows no "${said}". It knows`} ${known.join(', ')}`,
      );
    const { takes = [], run } = verbs[said]!;
    const strange = Object.keys(input.options).find(
      (option) => !everywhere.includes(option) && !takes.includes(option),
    );
    if (strange !== undefined) throw new UsageError(`relance ${name} ${said} takes no --${strange}.`);
    return run({ ...input, words });
  };
}
