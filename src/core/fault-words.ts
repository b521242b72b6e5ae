// The sentence of every fault, in French and in English: what is wrong, where, and what to do.
import type { Fault, FaultCode, WrongField } from './fault.ts';
import { nameSentence } from './name-words.ts';
import type { ScreenLanguage } from './reason-words.ts';
import type { SequenceProblem, SequenceProblemCode } from './sequence.ts';
import { sequenceSentence } from './sequence-words.ts';
import { brokenSentence, whereSentence } from './template-words.ts';

type Sentences = Record<ScreenLanguage, string>;

const sentences: Record<FaultCode, Sentences> = {
  'not-found': {
    fr: 'Introuvable : cet élément n’existe pas, ou plus, dans cette entreprise.',
    en: 'Not found: this does not exist, or no longer, in this company.',
  },
  'not-allowed': {
    fr: 'Votre rôle ne permet pas cette action. Demandez-la à un responsable de l’entreprise.',
    en: 'Your role does not allow this. Ask a manager of the company.',
  },
  'not-signed-in': { fr: 'Connectez-vous pour continuer.', en: 'Sign in to continue.' },
  conflict: {
    fr: 'L’élément a été modifié entre-temps. Rechargez la page, puis recommencez.',
    en: 'This was changed in the meantime. Reload the page, then try again.',
  },
  'closure-backwards': {
    fr: 'La fermeture se termine avant de commencer : corrigez l’un des deux jours.',
    en: 'The closure ends before it begins: correct one of the two days.',
  },
  'closure-too-long': {
    fr: 'Une fermeture dure un an au plus : vérifiez l’année du dernier jour.',
    en: 'A closure lasts a year at most: check the year of the last day.',
  },
  'no-sending-day': {
    fr: 'Avec ces jours d’envoi et ces fermetures, rien ne partirait pendant plus d’un an. Raccourcissez une fermeture ou cochez un jour d’envoi de plus.',
    en: 'With these sending days and closures nothing would leave for more than a year. Shorten a closure, or tick another sending day.',
  },
  'indemnity-unknown': {
    fr: 'L’indemnité forfaitaire de ce pays ({country}) n’est pas connue de Relance : elle ne peut pas être réclamée.',
    en: 'Relance does not know the fixed indemnity of this country ({country}): it can’t be claimed.',
  },
  'invalid-input': {
    fr: 'Certaines valeurs ne conviennent pas : {fields}.',
    en: 'Some values are not right: {fields}.',
  },
  'name-unknown': { fr: '{told}', en: '{told}' },
  'name-ambiguous': { fr: '{told}', en: '{told}' },
  'number-taken': {
    fr: 'Le numéro {value} est déjà celui d’un autre client.',
    en: 'Number {value} belongs to another customer already.',
  },
  'payer-is-itself': {
    fr: 'Un client ne peut pas être son propre payeur : choisissez un autre client, ou personne.',
    en: 'A customer can’t be its own payer: choose another customer, or nobody.',
  },
  'payer-has-payer': {
    fr: '{name} est déjà payé par un autre client : choisissez celui-là, ou retirez d’abord ce payeur.',
    en: '{name} is paid for by another customer already: choose that one, or take that payer away first.',
  },
  'pays-for-others': {
    fr: '{name} paie déjà pour {other} : un client qui paie pour d’autres n’a pas de payeur.',
    en: '{name} pays for {other} already: a customer that pays for others has no payer.',
  },
  'customer-merged': {
    fr: '{name} a été fusionné avec un autre client : ouvrez sa fiche, elle dit lequel.',
    en: '{name} was merged into another customer: open its page, it says which.',
  },
  'merge-into-itself': {
    fr: 'Un client ne se fusionne pas avec lui-même : choisissez-en un autre.',
    en: 'A customer can’t be merged into itself: choose another one.',
  },
  'merge-makes-chain': {
    fr: '{name} paie pour d’autres clients, et {other} a lui-même un payeur : retirez-le d’abord.',
    en: '{name} pays for other customers, and {other} has a payer itself: take it away first.',
  },
  'merge-operation-runs': {
    fr: 'Une action groupée en cours concerne l’un des deux clients : attendez qu’elle soit finie, puis recommencez.',
    en: 'An action for many that is under way concerns one of the two customers: wait until it is done, then try again.',
  },
  'merge-message-leaves': {
    fr: 'Un message à {name} est en train de partir : recommencez dans un instant.',
    en: 'A message to {name} is leaving right now: try again in a moment.',
  },
  'invoice-exists': { fr: 'La facture {number} existe déjà.', en: 'Invoice {number} exists already.' },
  'amount-exceeds-open': {
    fr: 'Le montant dépasse ce qui reste dû.',
    en: 'The amount exceeds what is left to pay.',
  },
  'amount-exceeds-credit': {
    fr: 'Le montant dépasse ce qui reste de ce règlement ou de cet avoir.',
    en: 'The amount exceeds what is left of this payment or credit note.',
  },
  'currency-differs': {
    fr: 'Les devises diffèrent : un règlement ne solde que des factures de sa devise.',
    en: 'The currencies differ: a payment settles only invoices of its own currency.',
  },
  'already-settled': { fr: 'Cette facture est déjà réglée.', en: 'This invoice is already settled.' },
  'already-undone': { fr: 'Cette opération est déjà annulée.', en: 'This was undone already.' },
  'nothing-to-promise': {
    fr: 'Rien n’est dû : il n’y a pas de promesse à noter.',
    en: 'Nothing is owed: there is no promise to note.',
  },
  'terms-unknown': {
    fr: 'Les conditions « {value} » ne sont pas comprises. Écrivez par exemple « 30 jours », « 30 jours fin de mois », « fin de mois + 15 jours », « 30 jours fin de mois le 15 » ou « à réception ».',
    en: 'The terms “{value}” are not understood. Write for example “30 days”, “30 days end of month”, “end of month + 15 days”, “30 days end of month on the 15th” or “on receipt”.',
  },
  'promise-ended': {
    fr: 'Cette promesse n’est plus en cours : il n’y a rien à retirer.',
    en: 'This promise runs no more: there is nothing to withdraw.',
  },
  'not-to-approve': {
    fr: 'Ce message n’attend plus de validation : il est déjà parti, ou n’a plus lieu d’être.',
    en: 'This message no longer waits for approval: it has left, or has no reason to leave any more.',
  },
  'nothing-to-undo': {
    fr: 'Il n’y a plus rien à annuler : ces messages sont partis.',
    en: 'There is nothing left to undo: these messages have left.',
  },
  'dunning-went-on': {
    fr: 'Les relances ont continué depuis : cette tâche reste faite.',
    en: 'Reminders have gone on since: this task stays done.',
  },
  'task-of-step': {
    fr: 'Cette tâche est une étape de la séquence : marquez-la comme faite, ou choisissez « Ne pas faire ».',
    en: 'This task is a step of the sequence: mark it as done, or choose “Don’t do it”.',
  },
  'not-in-doubt': {
    fr: 'Cet envoi n’est pas à vérifier.',
    en: 'This sending is not in doubt.',
  },
  'nobody-to-write-to': {
    fr: 'Il ne reste aucune adresse à qui l’envoyer : corrigez celle du client, puis renvoyez-le.',
    en: 'No address is left to send it to: correct the customer’s, then send it again.',
  },
  'address-blocked': {
    fr: 'L’adresse {address} a été refusée : rien ne lui est plus envoyé. Choisissez-en une autre, ou débloquez-la sur la fiche client.',
    en: 'The address {address} was refused: nothing is sent to it any more. Choose another, or unblock it on the customer page.',
  },
  'not-blocked': { fr: 'L’adresse {address} n’est pas bloquée.', en: 'The address {address} is not blocked.' },
  'not-sent-yet': {
    fr: 'Ce message n’est pas parti : il ne peut pas avoir été refusé par son destinataire.',
    en: 'This message has not left: its recipient can’t have refused it.',
  },
  'report-none': {
    fr: 'Ce fichier n’est pas un avis de non-remise : il ne change rien.',
    en: 'This file is no delivery report: it changes nothing.',
  },
  'report-auto-reply': {
    fr: 'Ce message est une réponse automatique (absence, accusé de réception), non un avis de non-remise : il ne change rien.',
    en: 'This message is an automatic reply (absence, receipt), not a delivery report: it changes nothing.',
  },
  'report-unknown': {
    fr: 'Cet avis concerne un message qui n’est pas l’un des vôtres, ou qui ne dit pas lequel : il ne change rien.',
    en: 'This report is about a message that is none of yours, or does not say which: it changes nothing.',
  },
  'report-elsewhere': {
    fr: 'Cet avis concerne l’adresse {address}, à qui ce message n’était pas adressé : il ne change rien.',
    en: 'This report is about the address {address}, to which the message was not sent: it changes nothing.',
  },
  'no-step-left': {
    fr: 'La séquence n’a plus d’étape pour cette facture.',
    en: 'The sequence has no step left for this invoice.',
  },
  'sequence-refused': {
    fr: 'La séquence n’est pas enregistrée. {problem}',
    en: 'The sequence is not saved. {problem}',
  },
  'sequence-is-default': {
    fr: 'Cette séquence est celle par défaut : elle ne se supprime pas. Faites d’abord d’une autre la séquence par défaut.',
    en: 'This sequence is the default one and can’t be deleted. First make another sequence the default.',
  },
  'ready-made-there': {
    fr: 'Cette séquence prête à l’emploi est déjà dans l’entreprise, sous le titre « {title} ». Pour en avoir une seconde, dupliquez-la.',
    en: 'The company has this ready-made sequence already, under the title “{title}”. To have a second one, copy it.',
  },
  'not-to-remind': {
    fr: 'Cette facture ne peut plus être relancée à ce niveau : réglée, en litige ou déjà relancée entre-temps. Rouvrez la fenêtre pour voir ce qu’il en est.',
    en: 'This invoice can’t be reminded of at this level any more: paid, disputed or reminded of in the meantime. Open the window again to see how it stands.',
  },
  'tag-unknown': {
    fr: '{where}la balise « {tag} » n’existe pas. Corrigez-la ou choisissez-la dans la liste.',
    en: '{where}there is no tag “{tag}”. Correct it, or choose it from the list.',
  },
  'tag-asks': {
    fr: '{where}« {tag} » parle de ce qui est dû : un remerciement ne demande rien. Retirez cette balise.',
    en: '{where}“{tag}” speaks of what is owed: a message of thanks asks for nothing. Remove this tag.',
  },
  'template-broken': { fr: '{where}{broken}', en: '{where}{broken}' },
  'template-in-use': {
    fr: 'Ce modèle sert encore : {sequences}. Choisissez d’abord un autre modèle dans ces étapes.',
    en: 'This template is still used: {sequences}. First choose another template in these steps.',
  },
  'template-ready-made': {
    fr: 'Ce modèle est livré avec Relance et ne se supprime pas : remettez son texte d’origine, ou ne l’employez pas.',
    en: 'This template comes with Relance and can’t be deleted: restore its original text, or leave it unused.',
  },
  'template-not-ready-made': {
    fr: 'Ce modèle n’est pas livré avec Relance dans cette langue : il n’a pas de texte d’origine.',
    en: 'This template does not come with Relance in this language: it has no original text.',
  },
  'not-sample': {
    fr: 'Seule une entreprise d’exemple peut être supprimée ainsi.',
    en: 'Only a sample company can be thrown away like this.',
  },
  'not-practice': {
    fr: 'La date simulée n’existe qu’en mode test.',
    en: 'The practice clock exists in test mode only.',
  },
  'already-live': { fr: 'L’entreprise est déjà en réel.', en: 'The company is live already.' },
  'mail-server-missing': {
    fr: 'Aucun serveur d’envoi n’est réglé.',
    en: 'No mail server is set up.',
  },
  'sender-missing': {
    fr: 'L’adresse de l’expéditeur n’est pas réglée.',
    en: "The sender's address is not set up.",
  },
  'mail-server-untested': {
    fr: 'Le serveur d’envoi n’a pas encore été essayé : envoyez-vous un message d’essai.',
    en: 'The mail server has not been tried yet: send yourself a test message.',
  },
  'mail-server-refused': {
    fr: 'Le serveur d’envoi a refusé : {answer}',
    en: 'The mail server refused: {answer}',
  },
  'clock-backwards': {
    fr: 'La date simulée ne recule pas : choisissez le jour indiqué ou un jour suivant.',
    en: 'The practice clock does not go back: choose its day or a later one.',
  },
  'logo-kind': {
    fr: 'Ce fichier n’est ni une image PNG ni une image JPEG. Enregistrez le logo dans l’un de ces formats.',
    en: 'This file is neither a PNG nor a JPEG image. Save the logo in one of these formats.',
  },
  'selector-wrong': {
    fr: '« {selector} » n’est pas un sélecteur DKIM : des lettres, des chiffres et des tirets, par exemple « selector1 ».',
    en: '"{selector}" is no DKIM selector: letters, digits and hyphens, for example "selector1".',
  },
  'dns-silent': {
    fr: 'Le DNS n’a pas répondu pour {domain}. Vérifiez que cet ordinateur a accès à Internet, puis recommencez.',
    en: 'The DNS did not answer for {domain}. Check that this computer reaches the Internet, then try again.',
  },
  'user-exists': {
    fr: 'Un compte existe déjà pour {email}.',
    en: 'There is already an account for {email}.',
  },
  'wrong-credentials': {
    fr: 'Adresse e-mail ou mot de passe incorrect.',
    en: 'The e-mail address or the password is not right.',
  },
  'key-refused': {
    fr: 'Cette clé d’API n’ouvre rien : inconnue, révoquée ou arrivée à son terme.',
    en: 'This API key opens nothing: it is unknown, revoked or past its last day.',
  },
  'not-for-keys': {
    fr: 'Une clé d’API ne permet pas cette action : connectez-vous vous-même.',
    en: 'No API key may do this: sign in yourself.',
  },
  'day-past': {
    fr: 'Le {day} est déjà passé : choisissez aujourd’hui ou un jour suivant.',
    en: '{day} is past: choose today or a later day.',
  },
  'stand-in-self': {
    fr: 'Personne ne se remplace soi-même : choisissez un collègue.',
    en: 'Nobody stands in for themselves: choose a colleague.',
  },
  'absence-backwards': {
    fr: 'L’absence se termine avant de commencer : corrigez l’un des deux jours.',
    en: 'The absence ends before it begins: correct one of the two days.',
  },
  'last-owner': {
    fr: 'C’est le dernier propriétaire de l’entreprise : nommez-en d’abord un autre.',
    en: 'This is the last owner of the company: make somebody else an owner first.',
  },
  'own-password': {
    fr: 'Votre propre mot de passe se change dans Réglages, Mot de passe.',
    en: 'Your own password is changed in Settings, Password.',
  },
  'password-elsewhere': {
    fr: 'Cette personne entre aussi dans une entreprise qui n’est pas la vôtre : elle seule peut changer son mot de passe.',
    en: 'This person also enters a company that is not yours: nobody else can change their password.',
  },
  'too-many-attempts': {
    fr: 'Trop d’essais. Attendez {seconds} secondes, puis recommencez.',
    en: 'Too many attempts. Wait {seconds} seconds, then try again.',
  },
  'not-first-visit': {
    fr: 'Un compte existe déjà sur cette installation : connectez-vous.',
    en: 'This installation already has an account: sign in.',
  },
  'origin-refused': {
    fr: 'La demande vient d’une autre page que Relance et n’a pas été exécutée.',
    en: 'The request comes from a page other than Relance and was not carried out.',
  },
  'too-large': {
    fr: 'Le contenu envoyé est trop volumineux.',
    en: 'What was sent is too large.',
  },
  'file-unreadable': {
    fr: 'Le fichier ne peut pas être lu. Exportez-le en CSV, encodé en UTF-8.',
    en: 'The file can’t be read. Export it as CSV, encoded as UTF-8.',
  },
  'file-type-refused': {
    fr: 'Le fichier {file} ne peut pas être joint : joignez un PDF, une image (PNG, JPEG, GIF, WebP), un texte ou un document de bureautique.',
    en: 'The file {file} can’t be attached: attach a PDF, an image (PNG, JPEG, GIF, WebP), a text or an office document.',
  },
  'company-file-kind': {
    fr: 'Le fichier {file} ne peut pas être joint à toutes les relances : enregistrez-le en PDF, PNG ou JPEG.',
    en: 'The file {file} can’t go with every reminder: save it as PDF, PNG or JPEG.',
  },
  'file-empty': { fr: 'Le fichier est vide.', en: 'The file is empty.' },
  'columns-missing': {
    fr: 'Il manque des colonnes : {fields}. Colonnes du fichier : {columns}.',
    en: 'Columns are missing: {fields}. Columns of the file: {columns}.',
  },
  'column-unknown': {
    fr: 'Le fichier n’a pas de colonne « {column} » pour le champ {field}. Ses colonnes : {columns}.',
    en: 'The file has no column "{column}" for the field {field}. Its columns: {columns}.',
  },
  'rows-refused': {
    fr: 'Des lignes sont refusées : rien n’a été importé.',
    en: 'Some rows are refused: nothing was imported.',
  },
  'file-changed': {
    fr: 'Le fichier a changé depuis l’aperçu. Choisissez-le de nouveau.',
    en: 'The file has changed since its preview. Choose it again.',
  },
  'file-is-other-format': {
    fr: 'Ce fichier est {format}, pas un tableau en CSV : rien n’a pu y être lu. Exportez la liste en CSV (UTF-8) depuis votre logiciel ou votre tableur, puis choisissez ce fichier-là.',
    en: 'This file is {format}, not a table in CSV: nothing could be read in it. Export the list as CSV (UTF-8) from your software or spreadsheet, then choose that file.',
  },
  'dates-contradict': {
    fr: 'Les dates du fichier se contredisent. Indiquez leur ordre.',
    en: 'The dates of the file contradict each other. Say in which order they are.',
  },
  'too-many-rows': {
    fr: 'Cette liste a plus de 100 000 lignes : c’est trop pour un fichier Excel. Choisissez le CSV, qui n’a pas de limite, ou filtrez la liste.',
    en: 'This list has more than 100,000 rows: too many for an Excel file. Choose CSV, which has no limit, or filter the list.',
  },
};

/** The columns without which a file can't be read, as people call them. */
const columnWords: Record<string, Sentences> = {
  number: { fr: 'numéro', en: 'number' },
  name: { fr: 'nom', en: 'name' },
  customerNumber: { fr: 'n° de client', en: 'customer number' },
  customerName: { fr: 'nom du client', en: 'customer name' },
  invoices: { fr: 'factures réglées', en: 'invoices paid' },
  amount: { fr: 'montant', en: 'amount' },
  openAmount: { fr: 'reste dû', en: 'open amount' },
  issuedOn: { fr: 'date d’émission', en: 'issue date' },
  dueOn: { fr: 'échéance', en: 'due date' },
  receivedOn: { fr: 'date de règlement', en: 'payment date' },
};

/** What a file is that is no CSV. */
const formatWords: Record<string, Sentences> = {
  xlsx: { fr: 'un classeur ou une archive (XLSX, ODS, ZIP…)', en: 'a workbook or an archive (XLSX, ODS, ZIP…)' },
  xls: { fr: 'un classeur Excel', en: 'an Excel workbook' },
  pdf: { fr: 'un PDF', en: 'a PDF' },
  image: { fr: 'une image', en: 'an image' },
  xml: { fr: 'un document XML ou HTML', en: 'an XML or HTML document' },
  binary: { fr: 'un fichier binaire', en: 'a binary file' },
};

/** 'customerNumber/customerName' as 'n° de client ou nom du client (customerNumber/customerName)': the command line maps by the latter. */
function columnsInWords(groups: string, language: ScreenLanguage): string {
  const or = language === 'fr' ? ' ou ' : ' or ';
  const inWords = (group: string): string =>
    group
      .split('/')
      .map((field) => columnWords[field]?.[language] ?? field)
      .join(or);
  return groups
    .split(', ')
    .map((group) => `${inWords(group)} (${group})`)
    .join(', ');
}

function refusedFor({ problem, ...parameters }: Fault['with']): SequenceProblem {
  return { code: problem as SequenceProblemCode, step: null, with: parameters };
}

/** The fault's sentence; a parameter that is missing is left out rather than shown as a blank mark. */
export function faultSentence({ code, with: parameters }: Fault, language: ScreenLanguage): string {
  // One wrong value is a field, several are fields.
  const known: Fault['with'] = {
    ...(parameters.field === undefined ? {} : { fields: parameters.field }),
    ...parameters,
    ...(code === 'sequence-refused' && parameters.problem !== undefined
      ? { problem: sequenceSentence(refusedFor(parameters), language) }
      : {}),
    ...(code === 'name-unknown' || code === 'name-ambiguous'
      ? { told: nameSentence({ code, with: parameters }, language) }
      : {}),
    ...(code === 'file-is-other-format' ? { format: formatWords[String(parameters.format)]?.[language] ?? '…' } : {}),
    ...(code === 'tag-unknown' || code === 'tag-asks' || code === 'template-broken'
      ? { where: whereSentence(parameters, language), broken: brokenSentence(parameters, language) }
      : {}),
    ...(code === 'columns-missing' ? { fields: columnsInWords(String(parameters.fields), language) } : {}),
  };
  const sentence = sentences[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(known[name] ?? '…'));
  // What begins with a place that is not known begins with a small letter.
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const fieldSentences: Record<WrongField['code'], Sentences> = {
  siren: {
    fr: 'Ce n’est pas un SIREN : neuf chiffres, dont le dernier contrôle les autres. Vérifiez chaque chiffre.',
    en: 'This is no SIREN: nine digits, of which the last one checks the others. Check each digit.',
  },
  siret: {
    fr: 'Ce n’est pas un SIRET : le SIREN, puis cinq chiffres, dont le dernier contrôle les autres. Vérifiez chaque chiffre.',
    en: 'This is no SIRET: the SIREN and five digits, of which the last one checks the others. Check each digit.',
  },
  'other-siren': {
    fr: 'Ce numéro est celui d’une autre entreprise : il ne contient pas le SIREN indiqué.',
    en: 'This is another company’s number: the SIREN that you gave is not in it.',
  },
  'vat-number': {
    fr: 'Ce n’est pas un numéro de TVA intracommunautaire : en France, FR, une clé de deux caractères, puis le SIREN.',
    en: 'This is no EU VAT number: in France it is FR, a key of two characters, then the SIREN.',
  },
  iban: {
    fr: 'Cet IBAN n’est pas valable : un caractère manque ou diffère. Copiez-le depuis votre relevé d’identité bancaire.',
    en: 'This IBAN is not valid: a character is missing or another one. Copy it from your bank’s papers.',
  },
  bic: {
    fr: 'Ce n’est pas un BIC : huit ou onze caractères, par exemple BNPAFRPP.',
    en: 'This is no BIC: eight or eleven characters, for example BNPAFRPP.',
  },
  phone: {
    fr: 'Un numéro de téléphone : des chiffres, avec le signe + et des espaces si besoin.',
    en: 'A telephone number: digits, with a + and spaces where wanted.',
  },
  website: {
    fr: 'Une adresse de site, par exemple www.exemple.fr.',
    en: 'The address of a website, for example www.example.org.',
  },
};

export const fieldSentence = (code: WrongField['code'], language: ScreenLanguage): string =>
  fieldSentences[code][language];
