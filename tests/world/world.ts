// A company with a practice clock that the test sets, and what its customers received: acceptance tests are read as stories.
import { type ParsedMail, simpleParser } from 'mailparser';
import { expect, onTestFinished } from 'vitest';
import { browseHistory, browseInvoices } from '../../src/app/browse.ts';
import {
  changeCompany,
  goLive,
  type MailServerInput,
  saveMailServer,
  setClock,
  testMailServer,
} from '../../src/app/change-company.ts';
import { type Acting, type Context, noJobs } from '../../src/app/context.ts';
import { createCompany } from '../../src/app/create-company.ts';
import { approveReminders } from '../../src/app/decide-reminders.ts';
import { type DeliveryCounts, deliverOutbox, makeWorker, type Worker } from '../../src/app/deliver-outbox.ts';
import { findAllNamed } from '../../src/app/find-named.ts';
import { browseTasks, setTaskDone } from '../../src/app/keep-tasks.ts';
import { type Explanation, explainInvoice, type Preview, previewRun } from '../../src/app/preview-run.ts';
import { readMessage } from '../../src/app/read-message.ts';
import { allocateCredit, recordPayment, returnPayment } from '../../src/app/record-payment.ts';
import { type RunReport, runDunning } from '../../src/app/run-dunning.ts';
import { type CustomerInput, saveCustomer } from '../../src/app/save-customer.ts';
import { changeInvoice, createInvoice, type InvoiceChange, type NewInvoice } from '../../src/app/save-invoice.ts';
import { enrolCustomers, type StepInput, saveSequence } from '../../src/app/save-sequence.ts';
import { tick } from '../../src/app/tick.ts';
import { smtpSender, testMailServer as testSmtp } from '../../src/channels/smtp.ts';
import { addDays, type Day, dayAt } from '../../src/core/day.ts';
import type { Ending } from '../../src/core/ending.ts';
import type { Result } from '../../src/core/fault.ts';
import { inCompany } from '../../src/db/connection.ts';
import { secretBox } from '../../src/db/secret-box.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** A step in few words: its day, and what is special about it. */
export interface StepSketch extends Partial<StepInput> {
  at: number;
}

export interface WorldOptions {
  /** The practice clock's first day. */
  today?: Day;
  /** The due date that days are counted from. */
  due?: Day;
  steps?: StepSketch[];
  /** What comes after the last of them. */
  ending?: Ending;
  weekdays?: number[];
  country?: string;
  language?: 'fr' | 'en';
  /** The instant on the real clock, and no simulated date: the company lives on its own time zone's day. */
  instant?: string;
}

export interface Received {
  day: Day;
  level: number;
  invoices: string[];
  askedMinor: number;
  to: string[];
  reminderId: string;
}

/** The value of a result that the test expects to be one. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected fault ${result.fault.code} ${JSON.stringify(result.fault.with)}`);
  return result.value;
}

/** The clock on the wall, which only the test moves. */
interface Wall {
  now: Temporal.Instant;
}

const timeZone = 'Europe/Paris';

export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  return World.over(database, options);
}

export class World {
  readonly context: Context;
  readonly acting: Acting;
  readonly database: TestDatabase;
  readonly due: Day;
  readonly sequenceId: string;
  readonly stepIds: string[];
  readonly worker: Worker;
  today: Day;
  #invoices = 0;
  readonly #wall: Wall;
  /** No simulated date: what the practice clock is not asked, or live. */
  #realTime: boolean;

  private constructor(
    database: TestDatabase,
    context: Context,
    wall: Wall,
    realTime: boolean,
    companyId: string,
    sequenceId: string,
    stepIds: string[],
    today: Day,
    due: Day,
  ) {
    this.database = database;
    this.context = context;
    this.#wall = wall;
    this.#realTime = realTime;
    this.acting = { companyId, actor: 'test' };
    this.sequenceId = sequenceId;
    this.stepIds = stepIds;
    this.today = today;
    this.due = due;
    this.worker = makeWorker(() => {
      throw new Error('a practice company opens no connection');
    });
  }

  static async over(database: TestDatabase, options: WorldOptions): Promise<World> {
    const due = options.due ?? '2026-03-02';
    const wall: Wall = { now: Temporal.Instant.from(options.instant ?? '2026-11-22T12:00:00Z') };
    const today = options.instant === undefined ? (options.today ?? addDays(due, -20)) : dayAt(wall.now, timeZone);
    const context: Context = {
      db: database.app,
      now: () => wall.now,
      jobs: noJobs,
      secrets: secretBox(Buffer.alloc(32, 7)),
    };
    const { companyId, sequenceId } = value(
      await createCompany(context, {
        name: 'Menuiserie Kerbrat',
        country: options.country ?? 'FR',
        timeZone,
        language: options.language ?? 'fr',
        actor: 'test',
      }),
    );
    const acting = { companyId, actor: 'test' };
    value(
      await changeCompany(
        context,
        acting,
        options.weekdays === undefined
          ? { sendingWeekdays: [1, 2, 3, 4, 5, 6, 7], sendsOnHolidays: true }
          : { sendingWeekdays: options.weekdays },
      ),
    );
    if (options.instant === undefined) value(await setClock(context, acting, { on: today }));
    let saved = { sequenceId, stepIds: [] as string[] };
    if (options.steps !== undefined) {
      saved = value(
        await saveSequence(context, acting, {
          title: 'Test',
          steps: toSteps(options.steps),
          ending: options.ending,
          makeDefault: true,
        }),
      );
    }
    return new World(
      database,
      context,
      wall,
      options.instant !== undefined,
      companyId,
      saved.sequenceId,
      saved.stepIds,
      today,
      due,
    );
  }

  /** The real clock's instant; a company without a simulated date is then on that day of its time zone. */
  at(instant: string): void {
    this.#wall.now = Temporal.Instant.from(instant);
    this.today = dayAt(this.#wall.now, timeZone);
  }

  /** The company's mail server, on this machine, saved and tested. */
  async mailServer(port: number, input: Partial<MailServerInput> = {}): Promise<void> {
    value(
      await changeCompany(this.context, this.acting, {
        senderName: 'Anne Kerbrat',
        senderEmail: 'compta@kerbrat.example',
      }),
    );
    value(
      await saveMailServer(this.context, this.acting, {
        host: 'localhost',
        port,
        security: 'none',
        auth: 'none',
        ...input,
      }),
    );
    value(await testMailServer(this.context, this.acting, testSmtp));
  }

  /** The owner goes live with that mail server at that instant; from then on messages really leave. */
  async goLive(port: number, instant: string, input: Partial<MailServerInput> = {}): Promise<void> {
    await this.mailServer(port, input);
    this.at(instant);
    value(await goLive(this.context, this.acting));
    this.worker.openSender = smtpSender;
    this.#realTime = true;
  }

  /** The day `n` days after the due date (before it when negative). */
  J(days: number): Day {
    return addDays(this.due, days);
  }

  async customer(name = 'Atelier Brun', fields: Partial<CustomerInput> = {}): Promise<string> {
    const contacts = [{ email: `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.fr` }];
    return value(await saveCustomer(this.context, this.acting, { name, contacts, ...fields })).customerId;
  }

  /** An invoice of 100.00 due on J unless said otherwise; issued thirty days before. */
  async invoice(customerId: string, fields: Partial<NewInvoice> = {}): Promise<string> {
    this.#invoices += 1;
    const dueOn = fields.dueOn === undefined ? this.due : fields.dueOn;
    const issuedOn = addDays(dueOn ?? this.due, -30);
    const invoice = {
      customerId,
      number: `F-${this.#invoices}`,
      issuedOn,
      totalMinor: 10_000,
      ...fields,
      ...(fields.instalments === undefined ? { dueOn } : {}),
    };
    return value(await createInvoice(this.context, this.acting, invoice)).invoiceId;
  }

  /** Several invoices due so many days before today: 'J+5' is five days late today. */
  async lateBy(customerId: string, ...days: number[]): Promise<Record<string, string>> {
    const made: Record<string, string> = {};
    for (const late of days)
      made[`J+${late}`] = await this.invoice(customerId, { number: `J+${late}`, dueOn: addDays(this.today, -late) });
    return made;
  }

  async pay(customerId: string, amountMinor: number, ...invoiceIds: string[]): Promise<string> {
    const to = invoiceIds.map((invoiceId) => ({ invoiceId }));
    return value(
      await recordPayment(this.context, this.acting, { customerId, amountMinor, receivedOn: this.today, to }),
    ).paymentId;
  }

  /** The bank takes a payment back. */
  async bounce(paymentId: string): Promise<void> {
    value(await returnPayment(this.context, this.acting, { paymentId, reason: 'rejet' }));
  }

  /** A credit note, allocated to an invoice where one is named. */
  async creditNote(customerId: string, totalMinor: number, invoiceId?: string): Promise<string> {
    const creditNoteId = await this.invoice(customerId, { type: 'credit_note', totalMinor, dueOn: null });
    if (invoiceId !== undefined)
      value(await allocateCredit(this.context, this.acting, { creditNoteId, to: [{ invoiceId }] }));
    return creditNoteId;
  }

  async change(invoiceId: string, fields: Omit<InvoiceChange, 'invoiceId'>): Promise<void> {
    value(await changeInvoice(this.context, this.acting, { invoiceId, ...fields }));
  }

  /** Moves to that day: by the practice clock, or to noon on the real one. */
  async clock(day: Day): Promise<void> {
    if (this.#realTime) return this.at(`${day}T11:00:00Z`);
    value(await setClock(this.context, this.acting, { on: day }));
    this.today = day;
  }

  /** The daily run of that day; what needs no approval is delivered. */
  async run(day: Day = this.today): Promise<RunReport> {
    const report = await this.plan(day);
    await this.deliver();
    return report;
  }

  /** The daily run of that day, with nothing delivered yet. */
  async plan(day: Day = this.today): Promise<RunReport> {
    if (day !== this.today) await this.clock(day);
    return runDunning(this.context, this.acting);
  }

  /** The scheduler's tick at that instant, and the delivery that it asks for; the answer tells whether it ran this company. */
  async tick(instant: string): Promise<boolean> {
    this.at(instant);
    let wakes = false;
    const jobs = {
      ...noJobs,
      deliver: async () => {
        wakes = true;
      },
    };
    const { ran } = await tick({ ...this.context, jobs }, this.worker, 'https://relance.example');
    if (wakes) await this.deliver();
    return ran.includes(this.acting.companyId);
  }

  deliver(): Promise<DeliveryCounts> {
    return deliverOutbox(this.context, this.acting.companyId, this.worker);
  }

  /** The runs of these days, from J+from to J+to. */
  async runDays(from: number, to: number, { approve = false } = {}): Promise<void> {
    for (let days = from; days <= to; days++) {
      await this.run(this.J(days));
      if (approve) await this.approveAll();
    }
  }

  async approveAll(): Promise<number> {
    const waiting = await this.waiting();
    const { approved } = value(
      await approveReminders(this.context, this.acting, { reminderIds: waiting.map((one) => one.reminderId) }),
    );
    await this.deliver();
    return approved;
  }

  waiting(): Promise<Received[]> {
    return this.#reminders(['to_approve']);
  }

  /** What people have to do for a step. */
  toDo(): Promise<Received[]> {
    return this.#reminders(['to_do']);
  }

  /** All that is to do for steps by today is done; answers how many. */
  async doTasks(note?: string): Promise<number> {
    const { rows } = await browseTasks(this.context, this.acting, { state: 'open', due: true, limit: 200 });
    const ofSteps = rows.filter(({ reminder }) => reminder !== null);
    for (const { id } of ofSteps)
      value(await setTaskDone(this.context, this.acting, { taskId: id, isDone: true, note }));
    return ofSteps.length;
  }

  /** What is ready and has not left. */
  ready(): Promise<Received[]> {
    return this.#reminders(['ready', 'sending']);
  }

  /** What left, in order: captured messages, tasks that were done. */
  received(): Promise<Received[]> {
    return this.#reminders(['sent', 'in_doubt']);
  }

  /** The same in short: 'J+5 R1 F-1'. */
  async diary(): Promise<string[]> {
    return (await this.received()).map(
      ({ day, level, invoices }) => `${this.distance(day)} R${level} ${invoices.join(' ')}`,
    );
  }

  /** A day as its distance from the due date: 'J+20'. */
  distance(day: Day): string {
    const days = Temporal.PlainDate.from(this.due).until(Temporal.PlainDate.from(day)).days;
    return days < 0 ? `J${days}` : `J+${days}`;
  }

  async #reminders(states: string[]): Promise<Received[]> {
    const rows = await this.inside((tx) =>
      tx
        .selectFrom('reminder as r')
        .innerJoin('item as i', (join) =>
          join.onRef('i.company_id', '=', 'r.company_id').onRef('i.reminder_id', '=', 'r.id'),
        )
        .innerJoin('receivable as v', (join) =>
          join.onRef('v.company_id', '=', 'i.company_id').onRef('v.id', '=', 'i.receivable_id'),
        )
        .innerJoin('invoice as n', (join) =>
          join.onRef('n.company_id', '=', 'v.company_id').onRef('n.id', '=', 'v.invoice_id'),
        )
        .select(['r.id', 'r.left_on', 'r.planned_on', 'r.level', 'r.recipients', 'n.number', 'i.asked_minor'])
        .where('r.state', 'in', states as 'sent'[])
        .where('i.state', 'in', ['open', 'taken'])
        .orderBy('r.left_on')
        .orderBy('r.level')
        .orderBy('n.number')
        .orderBy('r.id')
        .execute(),
    );
    const byId = new Map<string, Received>();
    for (const row of rows) {
      const known = byId.get(row.id);
      if (known === undefined) {
        byId.set(row.id, {
          day: row.left_on ?? row.planned_on,
          level: row.level,
          invoices: [row.number],
          askedMinor: row.asked_minor ?? 0,
          to: row.recipients.to,
          reminderId: row.id,
        });
      } else {
        known.invoices.push(row.number);
        known.askedMinor += row.asked_minor ?? 0;
      }
    }
    return [...byId.values()];
  }

  inside<T>(work: Parameters<typeof inCompany<T>>[2]): Promise<T> {
    return inCompany(this.context.db, this.acting.companyId, work);
  }

  async preview(day: Day, include?: string[]): Promise<Preview> {
    return value(await previewRun(this.context, this.acting, { day, include }));
  }

  async explain(number: string): Promise<Explanation> {
    const [invoiceId] = value(await findAllNamed(this.context, this.acting, 'invoice', [number]));
    return value(await explainInvoice(this.context, this.acting, { invoiceId: invoiceId! }));
  }

  /** The next step of an invoice and its day: 'J+30 R2', or nothing. */
  async next(number: string): Promise<string | null> {
    const { nextStep } = (await this.explain(number)).receivables[0]!;
    return nextStep === null ? null : `${nextStep.on === null ? '?' : this.distance(nextStep.on)} R${nextStep.level}`;
  }

  /** The code of today's reason for the first instalment of an invoice. */
  async reasonOf(number: string): Promise<string> {
    return (await this.explain(number)).receivables[0]!.reason.code;
  }

  /** "Échues, hors relance": the numbers of the invoices that are listed and not dunned. */
  async outside(): Promise<string[]> {
    const { rows } = await browseInvoices(this.context, this.acting, { state: 'outside', limit: 200 });
    return rows.map((row) => row.number).sort();
  }

  /** What happened to an invoice, oldest first: types of events, with the code of their reason where they have one. */
  async history(invoiceId: string): Promise<string[]> {
    const { rows } = await browseHistory(this.context, this.acting, { invoiceId, limit: 200 });
    return rows.reverse().map(({ type, payload }) => {
      const reason = payload?.reason as { code?: string } | undefined;
      return reason?.code === undefined ? type : `${type}: ${reason.code}`;
    });
  }

  /** The mail as it left, read by a parser that is not ours. */
  async mail(reminderId: string): Promise<ParsedMail> {
    return simpleParser(value(await readMessage(this.context, this.acting, reminderId)).eml);
  }

  async sequence(
    title: string,
    steps: StepSketch[],
    { makeDefault = false } = {},
  ): Promise<{ sequenceId: string; stepIds: string[] }> {
    return value(await saveSequence(this.context, this.acting, { title, steps: toSteps(steps), makeDefault }));
  }

  /** The steps of the world's own sequence, changed: those that are named by their place before stay the same steps. */
  async changeSteps(steps: (StepSketch & { was?: number })[]): Promise<void> {
    const sketches = toSteps(steps).map(({ was, ...step }: StepInput & { was?: number }) => ({
      ...step,
      id: was === undefined ? undefined : this.stepIds[was],
    }));
    value(await saveSequence(this.context, this.acting, { id: this.sequenceId, title: 'Test', steps: sketches }));
  }

  async enrol(customerIds: string[], sequenceId: string): Promise<void> {
    value(await enrolCustomers(this.context, this.acting, { customerIds, enrolment: 'chosen', sequenceId }));
  }

  /** Tasks that Relance made after the last step, by day: '2026-05-04 F-1'. */
  async asked(): Promise<string[]> {
    const tasks = await this.inside((tx) =>
      tx
        .selectFrom('task as t')
        .innerJoin('invoice as i', (join) =>
          join.onRef('i.company_id', '=', 't.company_id').onRef('i.id', '=', 't.invoice_id'),
        )
        .select(['t.due_on', 'i.number'])
        .where('t.reminder_id', 'is', null)
        .execute(),
    );
    return tasks.map(({ due_on, number }) => `${due_on} ${number}`).sort();
  }

  /** Somebody who works in the company. */
  async member(userId: string): Promise<void> {
    const user = { id: userId, name: userId, email: `${userId}@kerbrat.example` };
    await this.inside(async (tx) => {
      await tx.insertInto('account.user').values(user).execute();
      await tx
        .insertInto('account.member')
        .values({ company_id: this.acting.companyId, user_id: userId, role: 'agent' })
        .execute();
    });
  }

  async expectNothing(): Promise<void> {
    expect(await this.diary()).toEqual([]);
    expect(await this.waiting()).toEqual([]);
  }
}

/** Steps of a sketch: levels count from 1; those before the due date are notices of level 0. */
export function toSteps(sketches: readonly StepSketch[]): StepInput[] {
  const first = sketches.filter((one) => one.at < 0).length;
  return sketches.map(({ at, ...rest }, index) => ({
    level: index + 1 - first,
    name: `R${index + 1 - first}`,
    offsetDays: at,
    ...rest,
  }));
}
