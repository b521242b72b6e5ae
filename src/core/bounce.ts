// What a refusal says of an address: that it does not exist, or only that this message was not taken.

/** RFC 3463 §3: 5.x.y says whose fault it was. */
const ofTheAddress = new Set(['1.1', '1.2', '1.3', '1.6', '1.10']);

/**
 * Codes that servers use for everything: then the words decide. 2.1 is a mailbox that is disabled, and with some servers one that has too
 * much to take just now. Any other code (policy, full mailbox, size) is no fault of the address. */
const ofAnything = new Set(['0.0', '1.0', '2.1', '3.0', '4.1', '4.4', '5.0']);

/** As mail servers say it; there is no list, these are what the usual ones write. */
const says: readonly RegExp[] = [
  /\b(no such|unknown|invalid|non-?existent)\s+(local\s+|e-?mail\s+)?(user|recipient|mailbox|address|account|alias|domain)\b/i,
  /\b(user|recipient|mailbox|address|account|domain)\b[^.;]{0,80}\b(unknown|not found|does(n.t| not) exist|no longer exists|not known|disabled|inactive)\b/i,
  /\bmailbox (is )?unavailable\b/i,
  /\bhost or domain name not found\b/i,
  /\brecipient address rejected: access denied\b/i,
  /\b(utilisateur|destinataire|adresse|bo[iî]te)\b[^.;]{0,80}\b(inconnue?|inexistante?|introuvable|n.existe pas)\b/i,
];

/** Words of a refusal that is about the sender, its server or the message, or that may be: where they stand, no address is blocked. */
const saysOtherwise =
  /\b(spam|policy|black ?list|block ?list|reputation|dmarc|spf|dkim|sender|expéditeur|unsolicited|bulk|temporarily|too many)|\b(ips?|helo|ehlo|from|dns|dnsbl|rdns|ptr|rbl|relay|relaying|rate|your|sending|connecting)\b/i;

/**
 * Whether a server's answer says for good that there is no such address: by its enhanced status code (RFC 3463), or, where it has none
 * or one that says nothing, by its words. A refusal for now (4yz) never does. `status`: where it stands apart, as in a report; the answer
 * often has a better one, and both must agree.
 */
export function saysAddressIsBad(answer: string, status: string | null = null): boolean {
  const said = [status, statusIn(answer)].flatMap((one) => one ?? []);
  if (said.some((one) => !one.startsWith('5.')) || /^\s*4\d\d\b/.test(answer)) return false;
  const telling = said.map((one) => one.slice(2)).filter((code) => !ofAnything.has(code));
  if (telling.length > 0) return telling.every((code) => ofTheAddress.has(code));
  const withoutAddresses = answer.replace(/\S+@\S+/g, ' ');
  return !saysOtherwise.test(withoutAddresses) && says.some((words) => words.test(answer));
}

/** '5.1.1' in '550 5.1.1 User unknown'. */
function statusIn(answer: string): string | null {
  return /(?:^|[\s-])([245]\.\d{1,3}\.\d{1,3})\b/.exec(answer)?.[1] ?? null;
}

/** What a server says in a reason, short enough to be read in a list. */
export const shortAnswer = (answer: string): string => answer.replace(/\s+/g, ' ').trim().slice(0, 300);

/** What whoever is in charge is asked where a report does not say enough: whether the message arrived. */
export function perhapsNotDeliveredText(address: string, language: 'fr' | 'en'): string {
  return language === 'fr'
    ? `Message peut-être non remis, refusé par ${address}`
    : `Message perhaps not delivered, refused by ${address}`;
}

const refusedAddressWords = { fr: 'Adresse refusée : ', en: 'Refused address: ' };

/** What whoever is in charge of the customer is asked. */
export const refusedAddressText = (address: string, language: 'fr' | 'en'): string =>
  refusedAddressWords[language] + address;

/** The address of such a task; null: it asks something else. */
export function addressRefused(text: string): string | null {
  const words = Object.values(refusedAddressWords).find((one) => text.startsWith(one));
  return words === undefined ? null : text.slice(words.length);
}
