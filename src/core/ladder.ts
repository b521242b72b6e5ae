// The ladder of one receivable: which step comes next and on which day it is due (rules 1, 2, 4, 10, 11 of the engine).
import { type SendingCalendar, sendingDayBefore, sendingDayFrom } from './calendar.ts';
import { addDays, type Day, laterOf } from './day.ts';
import { type TaskEnding, wasAsked } from './ending.ts';
import type { CustomerFacts, ItemFact, ReceivableFact, SequenceFact, StepFact } from './facts.ts';
import { because, type Reason } from './reason.ts';
import { offsetsFor } from './timing.ts';

/** A step with the day offset that counts for this receivable: the sequence's, or one made of the customer's own delays. */
export interface Rung {
  step: StepFact;
  offsetDays: number;
}

/** What has been climbed: the offset up to which steps are behind us, and the days from which the next gap is counted. */
interface Climbed {
  offsetDays: number;
  leftOn: Day[];
}

export type NextStep =
  /** `occurrence`: from 1 on the last step comes again. */
  | { rung: Rung; dueOn: Day; occurrence: number }
  /** After the last step a person is asked. */
  | { ending: TaskEnding; rung: Rung; dueOn: Day }
  | { none: 'sequence-finished' | 'nothing-left-to-take' | 'task-made' | 'litigation-proposed' };

/**
 * The rungs of a sequence for a receivable of a customer. Own delays replace the days of the reminders, whatever these count from
 * (E6): the first after so many days, then one gap for each level, the last one repeated; notices before the due date keep theirs.
 */
export function rungsOf(
  { steps }: Pick<SequenceFact, 'steps'>,
  delaysDays: readonly number[] | null,
  dueOn: Day,
): Rung[] {
  const offsets = offsetsFor(
    dueOn,
    steps.map((step) => step.timing),
  );
  if (delaysDays === null || delaysDays.length === 0)
    return steps.map((step, index) => ({ step, offsetDays: offsets[index]! }));
  let reminders = 0;
  let offset = 0;
  return steps.map((step, index) => {
    if (step.offsetDays < 0) return { step, offsetDays: offsets[index]! };
    offset += delaysDays[Math.min(reminders, delaysDays.length - 1)]!;
    reminders += 1;
    return { step, offsetDays: offset };
  });
}

/** Rule 10: whether the receivable enters its sequence, judged on the day it met it. */
export function entryOf(
  receivable: ReceivableFact & { dueOn: Day },
  rungs: readonly Rung[],
  calendar: SendingCalendar,
  lateEntryDays: number,
): 'entered' | 'outside' {
  if (receivable.metHow === 'included' || receivable.metHow === 'moved') return 'entered';
  if (receivable.items.some((item) => item.state === 'taken')) return 'entered';
  const first = rungs.find((rung) => rung.offsetDays >= 0);
  if (first === undefined) return 'entered';
  const firstDay = sendingDayFrom(calendar, addDays(receivable.dueOn, first.offsetDays));
  const metOn = metDay(receivable);
  const earliest = receivable.metHow === 'arrived' ? addDays(metOn, -lateEntryDays) : sendingDayBefore(calendar, metOn);
  return firstDay >= earliest ? 'entered' : 'outside';
}

/** An invoice that is dated later than it arrived meets its sequence on its own day. */
function metDay(receivable: ReceivableFact): Day {
  return laterOf(receivable.metOn, receivable.issuedOn);
}

/** The next step of a receivable, or what comes after the last, and the day it is due, a sending day; or why there is none. */
export function nextStep(
  receivable: ReceivableFact & { dueOn: Day },
  items: readonly ItemFact[],
  customer: Pick<CustomerFacts, 'anythingLeft'>,
  sequence: SequenceFact,
  rungs: readonly Rung[],
  calendar: SendingCalendar,
  today: Day,
): NextStep {
  const { id: sequenceId } = sequence;
  const climbed = climbedSoFar(receivable, items, sequenceId, rungs);
  const dayOf = (rung: Rung): Day => sendingDayFrom(calendar, addDays(receivable.dueOn, rung.offsetDays));
  const ahead = rungs.filter(
    (rung) => rung.offsetDays > climbed.offsetDays && isStillTaken(rung, dayOf(rung), receivable, today),
  );
  const rung = hasJustMoved(receivable, items, sequenceId)
    ? firstAfterMoving(ahead, dayOf, receivable, items, customer)
    : ahead[0];
  if (rung === undefined) {
    if (climbed.leftOn.length === 0) return { none: 'nothing-left-to-take' };
    return afterTheLast(receivable, items, sequence, rungs.at(-1), climbed, calendar);
  }
  const gap = rung.offsetDays - climbed.offsetDays;
  const bounds = [
    ...climbed.leftOn.map((leftOn) => addDays(leftOn, gap)),
    ...daysAfterOtherSequences(items, sequenceId),
  ];
  const dueOn = bounds.reduce(laterOf, addDays(receivable.dueOn, rung.offsetDays));
  return { rung, dueOn: sendingDayFrom(calendar, dueOn), occurrence: 0 };
}

/**
 * What comes so many days after the last message, where the last step itself has left: what was never sent, or was passed over, asks
 * nobody and is not repeated. An ending that is newer than the day on which it would have come does not come (as E4 for steps).
 */
function afterTheLast(
  receivable: ReceivableFact,
  items: readonly ItemFact[],
  { ending, endingSetOn }: SequenceFact,
  last: Rung | undefined,
  climbed: Climbed,
  calendar: SendingCalendar,
): NextStep {
  const finished = { none: 'sequence-finished' } as const;
  const ofLast = items.filter((item) => item.stepId === last?.step.id);
  if (last === undefined || ending.kind === 'nothing') return finished;
  // What left of a step that was taken out since came after it: the last was not the last then, and nothing follows it now.
  if (climbed.offsetDays > last.offsetDays) return finished;
  // Also of a lower step, and of another sequence: whatever left last.
  const leftOn = items.flatMap((item) => item.leftOn ?? []).reduce(laterOf, climbed.leftOn.reduce(laterOf));
  if (!ofLast.some((item) => item.occurrence === 0 && item.state === 'taken')) return finished;
  if (ending.kind !== 'repeat' && receivable.endedStepIds.includes(last.step.id))
    return { none: wasAsked[ending.kind] };
  const dueOn = sendingDayFrom(calendar, addDays(leftOn, ending.days));
  if (endingSetOn > receivable.metOn && dueOn < endingSetOn) return finished;
  if (ending.kind !== 'repeat') return { ending, rung: last, dueOn };
  const occurrence = Math.max(...ofLast.map((item) => item.occurrence)) + 1;
  return occurrence > ending.times ? finished : { rung: last, dueOn, occurrence };
}

function climbedSoFar(
  receivable: ReceivableFact,
  items: readonly ItemFact[],
  sequenceId: string,
  rungs: readonly Rung[],
): Climbed {
  const climbed: Climbed = { offsetDays: Number.NEGATIVE_INFINITY, leftOn: [] };
  const climb = (offsetDays: number, leftOn: Day): void => {
    if (offsetDays > climbed.offsetDays) {
      climbed.offsetDays = offsetDays;
      climbed.leftOn = [leftOn];
    } else if (offsetDays === climbed.offsetDays) climbed.leftOn.push(leftOn);
  };
  for (const item of items) {
    if (item.sequenceId !== sequenceId || item.leftOn === null) continue;
    const rung = rungs.find((candidate) => candidate.step.id === item.stepId);
    climb(rung?.offsetDays ?? item.offsetDays, item.leftOn);
  }
  const byHand = rungs.findLast((rung) => receivable.levelByHand !== null && rung.step.level <= receivable.levelByHand);
  if (byHand !== undefined && receivable.levelByHand! > 0) climb(byHand.offsetDays, receivable.levelSetOn!);
  return climbed;
}

/** Rule 11 holds from the day of the move until a step of the new sequence is behind us: what left before it is history. */
function hasJustMoved(receivable: ReceivableFact, items: readonly ItemFact[], sequenceId: string): boolean {
  const cameFromElsewhere =
    receivable.metHow === 'moved' || items.some((item) => item.state === 'taken' && item.sequenceId !== sequenceId);
  if (!cameFromElsewhere) return false;
  const setSince = (receivable.levelByHand ?? 0) > 0 && receivable.levelSetOn! >= receivable.metOn;
  return (
    !setSince &&
    !items.some((item) => item.sequenceId === sequenceId && item.leftOn !== null && item.leftOn >= receivable.metOn)
  );
}

/** Between two sequences no gap is planned; but two messages of one day about one invoice would cross. */
function daysAfterOtherSequences(items: readonly ItemFact[], sequenceId: string): Day[] {
  return items.flatMap((item) =>
    item.state === 'taken' && item.sequenceId !== sequenceId ? [addDays(item.leftOn!, 1)] : [],
  );
}

/**
 * Why the step of a message that waits is not to be taken now: the customer was moved to another sequence, its day was moved
 * (with the due date, the step or the customer's delays), it is a notice and the due date has passed, or it was to come again and
 * the sequence does not repeat it any more. Null: it stands.
 */
export function whyNotDue(
  receivable: ReceivableFact & { dueOn: Day },
  waiting: ItemFact,
  customer: Pick<CustomerFacts, 'sequence' | 'delaysDays'>,
  calendar: SendingCalendar,
  today: Day,
): Reason | null {
  const { level } = waiting;
  if (customer.sequence?.id !== waiting.sequenceId) return because('customer-moved', { level });
  const rungs = rungsOf(customer.sequence, customer.delaysDays, receivable.dueOn);
  const rung = rungs.find((one) => one.step.id === waiting.stepId);
  if (waiting.occurrence > 0 && !isRepeated(waiting, customer.sequence)) return because('sequence-finished');
  if (rung === undefined) return null;
  // A call that is to do is not what the step asks for now: ticked, it would stand for a letter that nobody wrote.
  if (waiting.channel === 'task' && !rung.step.channels.includes('task'))
    return because('not-a-task-any-more', { level });
  // Its own day, not the sending day after it: what was prepared when a closure is entered keeps its text and its approval, and waits.
  const day = addDays(receivable.dueOn, rung.offsetDays);
  if (day > today) return because('step-not-reached', { level, dueOn: sendingDayFrom(calendar, day) });
  return rung.offsetDays < 0 && today > receivable.dueOn ? because('notice-too-late', { level }) : null;
}

/** Whether the step is still one that comes again, and as often as that. */
function isRepeated({ stepId, occurrence }: ItemFact, { steps, ending }: SequenceFact): boolean {
  return ending.kind === 'repeat' && occurrence <= ending.times && steps.at(-1)?.id === stepId;
}

/** A notice whose day is past is dropped (rule 10), as is one that would leave after the due date; so is a step that was added when its day was past already (E4). */
function isStillTaken(rung: Rung, day: Day, receivable: ReceivableFact & { dueOn: Day }, today: Day): boolean {
  if (rung.offsetDays < 0 && (day < metDay(receivable) || laterOf(day, today) > receivable.dueOn)) return false;
  const addedSinceMet = rung.step.addedOn > receivable.metOn;
  return !addedSinceMet || day >= rung.step.addedOn;
}

/** Rule 11: the first step of the new sequence that is not past; with nothing sent yet, the first; a formal notice never. */
function firstAfterMoving(
  ahead: readonly Rung[],
  dayOf: (rung: Rung) => Day,
  receivable: ReceivableFact,
  items: readonly ItemFact[],
  customer: Pick<CustomerFacts, 'anythingLeft'>,
): Rung | undefined {
  const first = customer.anythingLeft ? ahead.find((rung) => dayOf(rung) >= receivable.metOn) : ahead[0];
  if (first === undefined || !first.step.formalNotice || reminderHasLeft(receivable, items)) return first;
  return ahead.findLast((rung) => rung.offsetDays < first.offsetDays && !rung.step.formalNotice) ?? first;
}

/** Whether a reminder of this pass has left for the receivable and did not come back, or a person said that one did. */
export function reminderHasLeft(receivable: ReceivableFact, items: readonly ItemFact[]): boolean {
  const arrived = ({ state, reminderState, offsetDays }: ItemFact): boolean =>
    state === 'taken' && reminderState !== 'undelivered' && offsetDays >= 0;
  return (receivable.levelByHand ?? 0) > 0 || items.some(arrived);
}
