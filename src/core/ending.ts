// What comes after the last step of a sequence has left, while the invoice is still unpaid. It never acts against the customer by
// itself: it asks a person, or reminds again.
export type Ending =
  | { kind: 'nothing' }
  /** A task for whoever is in charge. */
  | { kind: 'task'; days: number; text: string }
  /** The last step again, every so many days, so many times at most. */
  | { kind: 'repeat'; days: number; times: number }
  /** A task that asks a person whether the invoice goes to litigation. */
  | { kind: 'litigation'; days: number };

export type TaskEnding = Extract<Ending, { kind: 'task' | 'litigation' }>;

/** Why nothing leaves any more: a person will be asked, or was. */
export const toBeAsked = { task: 'task-to-come', litigation: 'litigation-to-come' } as const;
export const wasAsked = { task: 'task-made', litigation: 'litigation-proposed' } as const;

export const nothingAfter: Ending = { kind: 'nothing' };

/** Whether it asks for the same on the same days; the words of a task may be others. */
export function comesAlike(a: Ending, b: Ending): boolean {
  const timesOf = (ending: Ending): number => (ending.kind === 'repeat' ? ending.times : 1);
  return a.kind === b.kind && daysOf(a) === daysOf(b) && timesOf(a) === timesOf(b);
}

/** Days from the last message to what comes; null: nothing does. */
export function daysOf(ending: Ending): number | null {
  return ending.kind === 'nothing' ? null : ending.days;
}

const litigation = { fr: 'Passage en contentieux ?', en: 'Hand over to litigation?' };

/** What the task says. */
export function taskText(ending: TaskEnding, language: 'fr' | 'en'): string {
  return ending.kind === 'task' ? ending.text : litigation[language];
}
