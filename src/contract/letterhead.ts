// The letterhead on the wire.
import { z } from 'zod';
import { country, text } from './common.ts';

const field = (most: number) =>
  text(most)
    .nullable()
    .default(null)
    .transform((value) => value || null);

export const letterheadChange = z.object({
  legalName: field(200),
  legalForm: field(100).describe('SAS, SARL, EI …'),
  capital: field(60).describe('With its currency, as it is to be read: 10 000 €.'),
  street: field(400).describe('One line or several.'),
  postcode: field(20),
  city: field(100),
  country: country.nullable().default(null),
  siren: field(30).describe('Nine digits; spaces are taken out.'),
  siret: field(30).describe('Fourteen digits; spaces are taken out.'),
  vatNumber: field(30),
  registration: field(120).describe('The register and its place: RCS Quimper 732 829 320.'),
  phone: field(40),
  website: field(200),
  iban: field(60),
  bic: field(20),
});

const given = z.string().nullable();
export const letterheadShown = z.object({
  letterhead: z.object({
    legalName: given,
    legalForm: given,
    capital: given,
    street: given,
    postcode: given,
    city: given,
    country: given,
    siren: given,
    siret: given,
    vatNumber: given,
    registration: given,
    phone: given,
    website: given,
    iban: given,
    bic: given,
  }),
  logo: z.string().nullable().describe('SHA-256 of the logo, in hexadecimal; null where there is none.'),
  footer: z
    .object({ fr: z.array(z.string()), en: z.array(z.string()) })
    .describe('The lines that stand below messages in each language.'),
});
export const logoSaved = z.object({ logo: z.string() });

export type LetterheadShown = z.infer<typeof letterheadShown>;
