// What every message is made of, a reminder or thanks: of reminder r to customer c.
import { sql } from 'kysely';

/**
 * To whom and how, whose invoices these are, what a person changed, and the message that it answers: one that any of its own recipients
 * has, since a new payer, or whoever was written to before it, is told nothing of a thread that is the other's.
 */
export const messageColumns = sql`r.id, r.customer_id as "customerId", c.name as "customerName", c.number as "customerNumber",
  c.payer_id is not null as "paidByAnother", r.level, r.language, r.currency, r.by_hand as "byHand", r.recipients,
  r.subject_edited as "subjectEdited", r.body_edited as "bodyEdited", r.recipients_chosen as "recipientsChosen", r.attempts,
  (select p.message_id from reminder p where p.company_id = r.company_id and p.customer_id = r.customer_id
    and p.state in ('sent', 'in_doubt') and p.practice = r.practice and p.id <> r.id
    and p.message_id is not null and p.merged_from_id is null
    and p.recipients -> 'to' ?| array(select jsonb_array_elements_text(r.recipients -> 'to')) order by p.left_at desc limit 1) as "lastMessageId"`;
