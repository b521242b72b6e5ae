// Of `relance customers`: what is agreed with them. Payment terms, salesperson, whether they may be written to.
import { understandTerms } from '../app/propose-due-date.ts';
import { saveCustomer } from '../app/save-customer.ts';
import { termsInWords } from '../core/payment-terms-words.ts';
import { type CommandInput, type CommandOutput, exitCodes, orThrow, UsageError } from './command.ts';
import { textOption } from './given.ts';
import { wordsOf } from './words.ts';

const { done } = exitCodes;

type Customers = (input: CommandInput) => Promise<string[]>;

/** --are TERMS, as people write them, or default: the company's. What is beyond the law is kept, and said. */
export const terms =
  (theCustomers: Customers) =>
  async (input: CommandInput): Promise<CommandOutput> => {
    const { context, acting, language } = input;
    const said = textOption(input, 'are');
    if (said === undefined) throw new UsageError('Say which: --are "30 jours fin de mois", or --are default');
    const understood = said === 'default' ? null : orThrow(await understandTerms(context, acting, said));
    const paymentTerms = understood === null ? null : understood.terms;
    const customerIds = await theCustomers(input);
    for (const id of customerIds) orThrow(await saveCustomer(context, acting, { id, paymentTerms }));
    const words = wordsOf(language);
    const told = words.agreed.terms(
      words.customers(customerIds.length),
      paymentTerms && termsInWords(paymentTerms, language),
    );
    return {
      exitCode: done,
      json: { customerIds, paymentTerms, mayExceedLaw: understood?.mayExceedLaw ?? false },
      lines: [told, ...(understood?.mayExceedLaw === true ? [words.agreed.beyond] : [])],
    };
  };

/** --who NAME, or nobody; --email ADDRESS. */
export const salesperson =
  (theCustomers: Customers) =>
  async (input: CommandInput): Promise<CommandOutput> => {
    const { context, acting, language } = input;
    const who = textOption(input, 'who');
    if (who === undefined) throw new UsageError('Say who: --who NAME, or --who nobody');
    const name = who === 'nobody' ? null : who;
    const agreed = {
      salespersonName: name,
      salespersonEmail: name === null ? null : (textOption(input, 'email') ?? null),
    };
    const customerIds = await theCustomers(input);
    for (const id of customerIds) orThrow(await saveCustomer(context, acting, { id, ...agreed }));
    const words = wordsOf(language);
    const told = words.agreed.salesperson(words.customers(customerIds.length), name);
    return { exitCode: done, json: { customerIds, ...agreed }, lines: [told] };
  };

/** --is yes or no: whether they may be reminded by e-mail. */
export const byEmail =
  (theCustomers: Customers) =>
  async (input: CommandInput): Promise<CommandOutput> => {
    const { context, acting, language } = input;
    const said = textOption(input, 'is');
    if (said !== 'yes' && said !== 'no') throw new UsageError('Say whether: --is yes or --is no');
    const forbiddenChannels: 'email'[] = said === 'yes' ? [] : ['email'];
    const customerIds = await theCustomers(input);
    for (const id of customerIds) orThrow(await saveCustomer(context, acting, { id, forbiddenChannels }));
    const words = wordsOf(language);
    const told = words.agreed.email(words.customers(customerIds.length), said === 'yes');
    return { exitCode: done, json: { customerIds, forbiddenChannels }, lines: [told] };
  };
