// The messages that preparing by hand would make, before any is: made in earnest, in a transaction that is taken back.
import { done, type Result } from '../core/fault.ts';
import { type Acting, type Context, tryForCompany } from './context.ts';
import { type Prepared, prepare, type ToPrepare } from './prepare-reminders.ts';
import { messageOf, type ReadMessage } from './read-message.ts';

export interface PreviewedPreparation extends Pick<Prepared, 'refused'> {
  messages: Pick<ReadMessage, 'subject' | 'to' | 'cc' | 'text' | 'attachments'>[];
}

/** Nothing is written. The faults of prepareReminders, and of composing a message. */
export function previewPrepared(
  context: Context,
  acting: Acting,
  input: ToPrepare,
): Promise<Result<PreviewedPreparation>> {
  return tryForCompany(context, acting, async (work) => {
    const prepared = await prepare(work, input);
    if (!prepared.ok) return prepared;
    const messages: PreviewedPreparation['messages'] = [];
    for (const reminderId of prepared.value.reminderIds) {
      const message = await messageOf(context, work, reminderId);
      if (!message.ok) return message;
      const { subject, to, cc, text, attachments } = message.value;
      messages.push({ subject, to, cc, text, attachments });
    }
    return done({ messages, refused: prepared.value.refused });
  });
}
