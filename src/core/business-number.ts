// The numbers by which a French company is known: SIREN, SIRET, and its VAT number.

/** Digits without the spaces and dots that people write between them. */
export const withoutSpaces = (text: string): string => text.replace(/[\s.\u00a0\u202f-]/g, '');

/** Luhn's sum (ISO/IEC 7812-1, annex B), by which INSEE makes the last digit of a SIREN and of a SIRET. */
function luhnHolds(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** Nine digits, the last one of which holds (article R. 123-221 of the Code de commerce: INSEE gives it). */
export const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && luhnHolds(text);

/**
 * A SIREN and five digits for the establishment. La Poste has more establishments under its SIREN, 356000000, than Luhn's sum
 * leaves numbers for: theirs add up to a multiple of five instead (INSEE; the head office alone keeps to Luhn).
 */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || !isSiren(text.slice(0, 9))) return false;
  if (luhnHolds(text)) return true;
  return text.startsWith('356000000') && [...text].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;
}

/**
 * FR, a key of two characters, the SIREN (article 286 ter of the CGI; the structure: European Commission, VIES, "FRXX 999999999",
 * letters but O and I). A key of two digits is (12 + 3 × (SIREN mod 97)) mod 97; how one with letters is made was never published.
 */
export function isFrenchVatNumber(text: string): boolean {
  const [, key, siren] = /^FR([0-9A-HJ-NP-Z]{2})(\d{9})$/.exec(text) ?? [];
  if (key === undefined || !isSiren(siren!)) return false;
  return !/^\d{2}$/.test(key) || Number(key) === (12 + 3 * (Number(siren) % 97)) % 97;
}

/** Of another member state: its letters (EL for Greece, XI for Northern Ireland), then what VIES lists for it at the shortest and longest. */
export const isForeignVatNumber = (text: string): boolean => /^(?!FR)[A-Z]{2}[0-9A-Z+*]{2,12}$/.test(text);
