/**
 * A few rows in every table, with what is hard to carry: tabs, line ends, backslashes, nulls, bytes, arrays, amounts
 * that a trigger derives, a cycle of references, documents of two months. A new table gets a row here.
 */
import type { ClientBase } from 'pg';

const COMPANY = '01900000-0000-7000-8000-000000000001';
const id = (number: number): string => `'01900000-0000-7000-8000-${String(number).padStart(12, '0')}'`;
const own = `'${COMPANY}'`;

const statements = [
  `insert into company (id, name, country, time_zone, language, currency, payment_details)
     values (${own}, E'Société\\tDupont & Fils\\nrue de la Paix', 'FR', 'Europe/Paris', 'fr', 'EUR', 'C:\\new\\N')`,
  `update company set messages_per_week = 2, days_between_messages = 3`,
  `insert into closure (company_id, id, from_on, until_on, label, yearly)
     values (${own}, ${id(5)}, '2026-12-22', '2027-01-03', E'Congés\\td’hiver', true)`,
  `insert into mail_server (company_id, host, port, security, auth, secret)
     values (${own}, 'smtp.example.org', 587, 'starttls', 'password', '\\x00ff0a5c')`,
  `insert into template (company_id, id, key, language, name, subject, body)
     values (${own}, ${id(10)}, 'firm', 'fr', 'Relance «ferme»', '', E'Bonjour,\\r\\n\\\\. est une ligne à part\\n\\\\.\\n')`,
  `insert into sequence (company_id, id, title, created_on, ending, ending_days, ending_text, ending_set_on)
     values (${own}, ${id(20)}, 'Classique', '2026-01-01', 'task', 10, E'Appeler\tMme Œuf', '2026-01-01')`,
  `update company set default_sequence_id = ${id(20)}`,
  `insert into step (company_id, id, sequence_id, level, name, offset_days, template_key, minimums, added_on)
     values (${own}, ${id(21)}, ${id(20)}, 1, 'Relance', 5, 'firm', '{"EUR": 500}', '2026-01-01')`,
  `insert into company_file (company_id, id, name, type, bytes, sha256, added_on, added_by)
     values (${own}, ${id(23)}, E'Conditions\\t«2026».pdf', 'application/pdf', 7, '\\x0708', '2026-01-02', 'u1')`,
  `insert into step_file (company_id, step_id, file_id, position) values (${own}, ${id(21)}, ${id(23)}, 1)`,
  `insert into customer (company_id, id, number, name, delays_days)
     values (${own}, ${id(30)}, '007', 'Café «Œuf»', '{1,null,3}')`,
  `insert into enrolment_rule (company_id, id, position, name, sequence_id, categories, kinds, languages, countries, open_from_minor, excluded_types)
     values (${own}, ${id(22)}, 1, E'Règle\\t«GMS»', ${id(20)}, '{"GMS, \\"x\\"",a\\\\b}', '{public}', '{}', '{FR}', 100000, '{deposit}')`,
  `insert into customer (company_id, id, number, name, payer_id) values (${own}, ${id(32)}, '008', 'Filiale', ${id(30)})`,
  `insert into customer (company_id, id, number, name, merged_into_id, merged_on, merged_by)
     values (${own}, ${id(33)}, '009', E'Café\t«Oeuf»', ${id(30)}, '2026-03-05', 'u1')`,
  `update customer set rule_id = ${id(22)}`,
  `insert into contact (company_id, id, customer_id, email) values (${own}, ${id(31)}, ${id(30)}, null)`,
  `insert into invoice (company_id, id, customer_id, number, issued_on, arrived_on, currency, total_minor, pdf_sha256)
     values (${own}, ${id(40)}, ${id(30)}, 'F-1', '2026-02-01', '2026-02-02', 'EUR', 120000, '\\xdeadbeef')`,
  `insert into invoice (company_id, id, customer_id, number, type, issued_on, arrived_on, currency, total_minor)
     values (${own}, ${id(41)}, ${id(30)}, 'A-1', 'credit_note', '2026-02-03', '2026-02-03', 'EUR', 5000)`,
  `insert into receivable (company_id, id, invoice_id, customer_id, due_on, currency, amount_minor)
     values (${own}, ${id(42)}, ${id(40)}, ${id(30)}, '2026-03-01', 'EUR', 120000)`,
  `insert into payment (company_id, id, customer_id, number, received_on, currency, amount_minor)
     values (${own}, ${id(50)}, ${id(30)}, 'P-1', '2026-03-10', 'EUR', 30000)`,
  `insert into allocation (company_id, id, receivable_id, payment_id, amount_minor, allocated_on)
     values (${own}, ${id(51)}, ${id(42)}, ${id(50)}, 20000, '2026-03-10')`,
  `insert into allocation (company_id, id, receivable_id, credit_note_id, amount_minor, allocated_on)
     values (${own}, ${id(52)}, ${id(42)}, ${id(41)}, 5000, '2026-03-10')`,
  `insert into allocation (company_id, id, receivable_id, payment_id, amount_minor, undoes_id, allocated_on)
     values (${own}, ${id(53)}, ${id(42)}, ${id(50)}, -20000, ${id(51)}, '2026-03-11')`,
  `insert into interest_rate (company_id, kind, half_year, rate, source, confirmed_on, confirmed_by)
     values (${own}, 'legal', '2026-H2', 263, E'Arrêté\\tdu 19 juin', '2026-07-02', 'u1')`,
  `insert into charge (company_id, id, customer_id, invoice_id, receivable_id, kind, currency, amount_minor, up_to_on, claimed_on, practice,
                       waived_on, waived_by, waived_reason)
     values (${own}, ${id(54)}, ${id(30)}, ${id(40)}, ${id(42)}, 'interest', 'EUR', 1234, '2026-03-09', '2026-03-09', false,
             '2026-03-12', 'u1', E'Geste\\tcommercial')`,
  `insert into allocation (company_id, id, charge_id, payment_id, amount_minor, allocated_on)
     values (${own}, ${id(55)}, ${id(54)}, ${id(50)}, 1000, '2026-03-11')`,
  `insert into pause (company_id, id, customer_id, from_on) values (${own}, ${id(60)}, ${id(30)}, '2026-03-01')`,
  `insert into dispute (company_id, id, invoice_id, opened_on) values (${own}, ${id(61)}, ${id(40)}, '2026-03-02')`,
  `insert into dunning_case (company_id, receivable_id, customer_id, met_on, met_how, reason)
     values (${own}, ${id(42)}, ${id(30)}, '2026-02-02', 'arrived', '{"code": "waiting"}')`,
  `insert into reminder (company_id, id, customer_id, sequence_id, step_id, level, channel, language, currency, state,
                         practice, planned_on, send_on, recipients)
     values (${own}, ${id(70)}, ${id(30)}, ${id(20)}, ${id(21)}, 1, 'email', 'fr', 'EUR', 'ready', true, '2026-03-06',
             '2026-03-06', '{"to": []}')`,
  `insert into blocked_address (company_id, address, reason, practice, blocked_on, blocked_by, reminder_id)
     values (${own}, 'œuf@client.example', E'550 5.1.1\\tUser unknown', true, '2026-03-07', 'system', ${id(70)})`,
  `insert into bounce (company_id, reminder_id, address, kind, source, reason, noted_on, noted_at, noted_by)
     values (${own}, ${id(70)}, 'œuf@client.example', 'failed', 'report', E'550 5.1.1\\tUser unknown', '2026-03-07', '2026-03-07 10:00+01', 'u1')`,
  `update reminder set merged_from_id = ${id(33)}`,
  `update reminder set claims = '[{"kind": "fee"}]'`,
  `update reminder set company_file_ids = array[${id(23)}]::uuid[]`,
  `insert into item (company_id, id, reminder_id, receivable_id, step_id, pass, state, due_on)
     values (${own}, ${id(71)}, ${id(70)}, ${id(42)}, ${id(21)}, 1, 'open', '2026-03-06')`,
  `update company set thanks_payers = true, thanks_since = '2026-03-01'`,
  `insert into reminder (company_id, id, kind, customer_id, level, channel, language, currency, state, practice, planned_on, send_on, recipients)
     values (${own}, ${id(74)}, 'thanks', ${id(30)}, 0, 'email', 'fr', 'EUR', 'dropped', true, '2026-03-12', '2026-03-12', '{"to": []}')`,
  `insert into thanked (company_id, reminder_id, receivable_id, pass, step_id, state, reason)
     values (${own}, ${id(74)}, ${id(42)}, 1, ${id(21)}, 'dropped', '{"code": "not-paid-any-more"}')`,
  `insert into ended (company_id, receivable_id, pass, step_id, kind, ended_on)
     values (${own}, ${id(42)}, 1, ${id(21)}, 'litigation', '2026-04-01')`,
  `insert into attempt (company_id, id, reminder_id, worker_id, state) values (${own}, ${id(72)}, ${id(70)}, ${id(73)}, 'begun')`,
  `select ensure_document_partition(month::date) from unnest('{2024-02-01,2026-03-01}'::date[]) as month`,
  `insert into document (company_id, sha256, stored_on, kind, bytes, keep_until)
     select ${own}, sha256(bytes), day, 'mail', bytes, '2036-12-31'
       from (select date '2024-02-29' as day, '\\x00'::bytea as bytes
             union all
             select date '2026-03-06', string_agg(sha256(n::text::bytea), '') from generate_series(1, 20000) n) kept`,
  `insert into event (company_id, id, type, actor, practice, happened_on, payload_hash, sealed_number, seal)
     values (${own}, ${id(80)}, 'company.created', 'user', true, '2026-01-01', '\\x01', 1, '\\x02')`,
  `insert into event_payload (company_id, event_id, salt, payload) values (${own}, ${id(80)}, '\\x03', '{"a" :  1}')`,
  `insert into run (company_id, id, day, by_schedule, practice) values (${own}, ${id(90)}, '2026-03-06', true, true)`,
  `insert into task (company_id, id, customer_id, invoice_id, reminder_id, text, note, due_on, created_on, created_by)
     values (${own}, ${id(95)}, ${id(30)}, ${id(40)}, ${id(70)}, E'Rappeler\\tMme Œuf', E'Paie\\tvendredi', '2026-03-13', '2026-03-06', 'u1')`,
  `insert into promise (company_id, id, customer_id, promised_on, amount_minor, currency, next_on, said, made_on, made_by, ended_on, ended_how, task_id)
     values (${own}, ${id(120)}, ${id(30)}, '2026-03-05', 25000, 'EUR', '2026-03-02', E'au\\ttéléphone', '2026-03-01', 'u1', '2026-03-06', 'broken', ${id(95)})`,
  `insert into promise_instalment (company_id, promise_id, due_on, amount_minor)
     values (${own}, ${id(120)}, '2026-03-02', 10000), (${own}, ${id(120)}, '2026-03-05', 15000)`,
  `insert into promised_invoice (company_id, promise_id, invoice_id) values (${own}, ${id(120)}, ${id(40)})`,
  `insert into reminder_file (company_id, id, customer_id, reminder_id, sha256, name, type, bytes, added_on, added_by)
     values (${own}, ${id(96)}, ${id(30)}, ${id(70)}, '\\x06', E'bon de\\tlivraison.pdf', 'application/pdf', 7, '2026-03-06', 'u1')`,
  `insert into operation (company_id, id, level, started_at, by_user) values (${own}, ${id(97)}, null, '2026-03-06 10:00+01', 'u1')`,
  `insert into operation_part (company_id, operation_id, customer_id, invoice_ids, refused)
     values (${own}, ${id(97)}, ${id(30)}, array[${id(40)}, ${id(41)}]::uuid[], '[{"reason": {"code": "settled"}}]')`,
  `insert into operation (company_id, id, kind, state, started_at, leaves_at, by_user, undone_by)
     values (${own}, ${id(98)}, 'approve', 'undone', '2026-03-06 10:00+01', '2026-03-06 10:01+01', 'u1', 'u2')`,
  `insert into operation_part (company_id, operation_id, customer_id, invoice_ids, chosen_ids, state)
     values (${own}, ${id(98)}, ${id(30)}, array[${id(40)}]::uuid[], array[${id(70)}]::uuid[], 'undone')`,
  `insert into operation (company_id, id, kind, started_at, by_user, reason, until_on)
     values (${own}, ${id(99)}, 'pause', '2026-03-06 10:00+01', 'u1', E'congés\t;', '2026-08-31')`,
  `insert into operation_part (company_id, operation_id, customer_id, invoice_ids, state, pause_ids, left_out)
     values (${own}, ${id(99)}, ${id(30)}, '{}', 'done', array[${id(40)}]::uuid[], '{"code": "paused"}')`,
  `insert into operation (company_id, id, kind, started_at, by_user, enrolment, sequence_id)
     values (${own}, ${id(109)}, 'enrol', '2026-03-06 10:00+01', 'u1', 'chosen', ${id(20)})`,
  `insert into import (company_id, id, kind, file_name, sha256, state, started_at, counts, errors, by_user)
     values (${own}, ${id(100)}, 'invoices', 'février.csv', '\\x04', 'finished', '2026-03-06 10:00:00.123456+01', '{}', 1, 'cli')`,
  `insert into import_error (company_id, import_id, position, row_number, value, code, parameters)
     values (${own}, ${id(100)}, 1, 7, E'1.929404e+09\\t;"', 'damaged', '{"column": "number"}')`,
  `insert into import_mapping (company_id, kind, signature, mapping, options) values (${own}, 'invoices', '\\x05', '{}', '{}')`,
  `update company set letterhead = '{"legalName": "Société \\"Dupont\\""}'`,
  `insert into logo (company_id, media_type, bytes, sha256) values (${own}, 'image/png', '\\x89504e470d0a1a0a00', sha256('logo'))`,
  `insert into api_key (company_id, id, name, role, hash, prefix, made_by, ends_on)
     values (${own}, ${id(110)}, E'ERP\t«maison»', 'agent', sha256('key'), 'relance_AbCdEf', 'u1', '2027-01-31')`,
  `insert into account."user" (id, name, email) values ('u1', 'Zoé', 'zoe@example.org')`,
  `insert into account.session (id, user_id, token, expires_at) values ('s1', 'u1', 'token', 'infinity')`,
  `insert into account.credential (id, user_id, account_id, provider_id) values ('c1', 'u1', 'u1', 'credential')`,
  `insert into account.verification (id, identifier, value, expires_at) values ('v1', 'reset', E'\\n', '2026-03-06')`,
  `insert into account.rate_limit (id, key, count, last_request) values ('r1', '::1/sign-in', 1, 9223372036854775807)`,
  `insert into account.member (company_id, user_id, role) values (${own}, 'u1', 'owner')`,
  `insert into absence (company_id, user_id, stand_in_user_id, from_on, until_on)
     values (${own}, 'u1', 'u2', '2026-08-03', '2026-08-21')`,
  `update company set payment_terms = '{"days": 30, "endOfMonth": null, "dayOfMonth": null}'`,
  `update customer set payment_terms = '{"days": 45, "endOfMonth": "after", "dayOfMonth": 15}', salesperson_name = E'Inès\\tMorel',
     salesperson_email = 'ines@example.org', forbidden_channels = array['email']`,
];

/** Fills a migrated, empty database. Connect as its owner. */
export async function fillEveryTable(client: ClientBase): Promise<void> {
  for (const statement of statements) await client.query(statement);
}
