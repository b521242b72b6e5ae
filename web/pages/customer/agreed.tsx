// What is agreed with the customer: its payment terms, its salesperson, and whether it may be written to.
import type { Customer } from '../../../src/contract/customer.ts';
import { useInside } from '../../inside.tsx';
import { usePaymentTermsWords } from '../../parts/payment-terms.tsx';
import { Section } from '../../ui/section.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useCustomerWords } from './words.ts';

export function AgreedWith({ customer }: { customer: Customer }) {
  const { company } = useInside();
  const words = useCustomerWords();
  const { label, beyond } = usePaymentTermsWords();
  const { paymentTerms, salesperson, salespersonEmail, forbiddenChannels, termsMayExceedLaw } = customer;
  return (
    <Section title={words.agreed}>
      <ul className="lines">
        <li>
          <span className="quiet">{label}</span>
          {paymentTerms !== null ? (
            <span>{paymentTerms.text}</span>
          ) : (
            <span>{company.paymentTerms === null ? words.noTerms : words.companyTerms(company.paymentTerms.text)}</span>
          )}
          {termsMayExceedLaw ? <strong>{beyond}</strong> : null}
        </li>
        {salesperson === null && salespersonEmail === null ? null : (
          <li>
            <span className="quiet">{words.salesperson}</span>
            <span>{salesperson}</span>
            {salespersonEmail === null ? null : <span className="address">{salespersonEmail}</span>}
          </li>
        )}
        {forbiddenChannels.includes('email') ? (
          <li>
            <Tag meaning="paused">{words.noMail}</Tag>
          </li>
        ) : null}
      </ul>
    </Section>
  );
}
