// What commands answer, in French and in English. Usage and help are in English, like the names of the commands.
import type { ChargeKind } from '../core/charge.ts';
import type { ScreenLanguage } from '../core/reason-words.ts';
import { mergeWords } from '../words/merge.ts';
import { typesetWords } from '../words/typeset.ts';

const many = (count: number, one: string, several: string): string => `${count} ${count < 2 ? one : several}`;

const fr = {
  customers: (count: number) => many(count, 'client', 'clients'),
  invoices: (count: number) => many(count, 'facture', 'factures'),
  instalments: (count: number) => many(count, 'échéance ouverte', 'échéances ouvertes'),
  messages: (count: number) => many(count, 'message', 'messages'),
  tasks: (count: number) => many(count, 'tâche', 'tâches'),
  nothing: 'Rien à montrer.',
  none: 'aucune relance',
  byDefault: 'par défaut',
  paused: (until: string | null) => (until === null ? 'en pause' : `en pause jusqu’au ${until}`),
  level: (level: number) => (level === 0 ? 'Rappel' : `R${level}`),
  confirm: 'Ajoutez --yes pour le faire.',
  sequence: {
    due: (days: number) => `J${days < 0 ? '−' : '+'}${Math.abs(days)}`,
    previous: (days: number) => `${days} j après la précédente`,
    monthEnd: (days: number) => (days === 0 ? 'fin de mois' : `${days} j, puis fin de mois`),
    formalNotice: 'mise en demeure',
    approved: 'à valider',
    fee: (fee: string) => `frais ${fee}`,
    template: (key: string) => `modèle ${key}`,
    task: 'tâche',
    after: {
      nothing: 'ensuite : rien',
      task: (days: number, text: string) => `${days} j après la dernière étape, une tâche : ${text}`,
      repeat: (days: number, times: number) => `la dernière étape de nouveau tous les ${days} j, ${times} fois au plus`,
      litigation: (days: number) => `${days} j après la dernière étape, passage en contentieux proposé`,
    },
    fine: 'La séquence peut être enregistrée.',
    wrong: (step: string, text: string) => `À corriger${step} : ${text}`,
    odd: (step: string, text: string) => `À vérifier${step} : ${text}`,
    atStep: (name: string) => ` (${name})`,
    saved: (title: string) => `Séquence « ${title} » enregistrée.`,
    added: (templates: number) =>
      `Séquence ajoutée, avec ${many(templates, 'modèle', 'modèles')}. Aucun client n’y est inscrit.`,
    there: 'déjà ajoutée',
    wouldRemove: (title: string, customers: string, instalments: string) =>
      `Supprimer « ${title} » arrête ses relances : ${customers}, ${instalments}.`,
    wouldStop: (title: string, byHand: string) =>
      `Supprimer « ${title} » arrête les relances de ceux qui y sont mis à la main : ${byHand}.`,
    ruleGoes: (name: string, customers: string) =>
      `La règle « ${name} » est supprimée avec elle (${customers}) : la règle suivante qui correspond les reprend, sinon la séquence par défaut.`,
    removed: (title: string, stopped: number) =>
      `Séquence « ${title} » supprimée. Clients pour qui elle était choisie, et qui ne sont plus relancés : ${stopped}.`,
    gone: 'séquence supprimée',
  },
  effect: {
    between: (from: string, to: string) => `Du ${from} au ${to}`,
    toApprove: (count: number) => `dont ${count} à valider`,
    over: (customers: string, instalments: string) => `Sur ${customers}, ${instalments}`,
    compared: (sooner: number, later: number, begins: number, stops: number, same: number) =>
      `Prochain message : plus tôt pour ${sooner}, plus tard pour ${later}, nouveau pour ${begins}, supprimé pour ${stops}, inchangé pour ${same}`,
    outside: (count: number, amounts: string) => `Échues, hors relance : ${count} (${amounts})`,
    withoutAddress: (count: number) => `Sans adresse utilisable : ${count}`,
    asked: (count: number) => `Après la dernière étape, une personne serait interrogée ${count} fois`,
    needless: (count: number) => `dont inutiles : ${count}`,
    needlessMeans: 'Inutile : tout ce qui était demandé a été réglé sous deux jours.',
  },
  enrolled: {
    passage: (customers: string, from: string, to: string) => `${customers} : ${from} → ${to}`,
    behind: (invoices: string, begun: number, waiting: number) =>
      `${invoices} ; déjà relancées ou sur le point de l’être : ${begun} ; messages en attente qui ne partiront pas : ${waiting}`,
    nobody: 'Personne ne change de séquence.',
    done: (customers: string) => `Choix enregistré pour ${customers}.`,
  },
  rules: {
    leftOut: (types: string) => `sans : ${types}`,
    otherwise: (title: string) => `sinon : ${title}`,
    chosen: (chosen: string, none: string) => `choisie par une personne : ${chosen} ; aucune relance : ${none}`,
    from: (amount: string) => `à partir de ${amount}`,
    keyAccount: (is: boolean): string => (is ? 'grands comptes' : 'sauf grands comptes'),
    everyone: 'tous',
    saved: (moved: number) => `Règles enregistrées. Clients qui changent de séquence : ${moved}.`,
  },
  pausing: {
    together: (paused: number, leftOut: number) => [
      `En pause : ${paused}.`,
      ...(leftOut > 0 ? [`Laissés de côté, réglés ou déjà en pause aussi longtemps : ${leftOut}.`] : []),
    ],
    lifted: (count: number) => `Pauses levées : ${count}.`,
    sequence: (title: string) => `La séquence « ${title} » est en pause.`,
  },
  delays: {
    own: (days: string) => `Délais propres, en jours : ${days}.`,
    none: 'Le client suit de nouveau les délais de sa séquence.',
  },
  keyAccount: (customers: string, is: boolean) =>
    is ? `Chaque message est à valider pour ${customers}.` : `Plus de validation systématique pour ${customers}.`,
  steering: {
    level: (count: number, level: string) => `Niveau ${level} pour ${many(count, 'échéance', 'échéances')}.`,
    included: (count: number) => `Incluses : ${many(count, 'échéance', 'échéances')}.`,
    wouldInclude: (invoices: string, until: string) => `${invoices} à inclure ; d’ici au ${until}, cela enverrait :`,
    restarted: (count: number) => `Reprises depuis la première étape : ${many(count, 'échéance', 'échéances')}.`,
    wouldRestart: (invoices: string) =>
      `À reprendre depuis la première étape : ${invoices}. Chaque étape pourra partir de nouveau.`,
    reminded: (level: string, day: string) => `Noté : ${level}, relancée autrement le ${day}.`,
    noSuchLevel: (level: string, title: string, levels: string) =>
      `La séquence « ${title} » n’a pas de niveau ${level}, mais ${levels}.`,
    unfollowed: 'Le client ne suit aucune séquence : inscrivez-le d’abord (relance customers enrol).',
    disputed: 'Litige ouvert : la facture n’est plus relancée.',
    disputeClosed: 'Litige clos : les relances reprennent.',
  },
  reminding: {
    to: (addresses: string) => `À : ${addresses}`,
    copy: (addresses: string) => `Copie : ${addresses}`,
    subject: (text: string) => `Objet : ${text}`,
    attached: (names: string) => `Joint : ${names}`,
    refused: (number: string, why: string) => `${number} : ${why}`,
    noneOverdue: 'Aucune facture échue à relancer.',
    prepared: (messages: string) => `${messages} à valider :`,
  },
  approving: {
    total: (messages: string, amounts: string) => `${messages} à valider, ${amounts}`,
    formalNotices: (count: number) => `dont mises en demeure : ${count}`,
    waits: (days: number) => `attend depuis ${many(days, 'jour d’envoi', 'jours d’envoi')}`,
    byHand: 'à la main',
    done: (count: number) => `Validés : ${count}.`,
    already: (count: number) => `N’attendaient plus : ${count}.`,
    dropped: (count: number) => `Réglés, en pause ou en litige entre-temps, ne partiront pas : ${count}.`,
    leavesTogether:
      'Ils partent ensemble dix secondes plus tard : d’eux-mêmes là où Relance tourne, sinon avec relance run.',
    leaves: 'Ils partent au prochain envoi : d’eux-mêmes là où Relance tourne, sinon avec relance run.',
    nothing: 'Rien n’attend de validation.',
    postponed: (day: string) => `Reporté au ${day}.`,
    refused: 'Ne sera pas envoyé ; la séquence continue.',
    held: (count: number) => `Retenus, de nouveau à valider : ${count}.`,
    gone: (count: number) => `Trop tard, déjà partis ou déjà en attente : ${count}.`,
    edited: 'Texte enregistré pour ce message.',
    leftOut: (left: number) => `Facture retirée ; il en reste ${left} dans le message.`,
    resolved: { left: 'Noté comme parti.', 'send-again': 'Sera envoyé de nouveau.' },
  },
  bounces: {
    line: (file: string, told: string) => `${file} : ${told}`,
    outcomes: {
      undelivered: (customer: string, addresses: string) => `${customer}, message non remis à ${addresses}.`,
      partly: (customer: string, addresses: string) => `${customer}, refusé par ${addresses}, remis aux autres.`,
      noted: (customer: string, addresses: string) => `${customer}, refusé par ${addresses} ; déjà renvoyé depuis.`,
      unclear: (customer: string, addresses: string) =>
        `${customer}, refusé par ${addresses} : une tâche demande si le client l’a reçu.`,
      delayed: (customer: string, addresses: string) => `${customer}, retardé pour ${addresses} : rien ne change.`,
      delivered: (customer: string, addresses: string) => `${customer}, remis à ${addresses} : rien ne change.`,
      known: (customer: string, addresses: string) => `${customer}, déjà noté pour ${addresses} : rien ne change.`,
    },
    undelivered: (waits: boolean): string =>
      waits
        ? 'Message non remis : il attend d’être renvoyé, ou refusé.'
        : 'Message non remis. La suite est déjà partie : il n’attend rien.',
    delivered: (others: string) => (others === '' ? 'Noté.' : `Noté ; remis aux autres adresses : ${others}.`),
    blocked: (address: string) => `Rien n’est plus envoyé à ${address}.`,
    unblocked: (address: string) => `Adresse débloquée : ${address}.`,
  },
  payer: (customers: string, who: string | null) =>
    who === null ? `Plus de payeur : ${customers}.` : `Payé par ${who} : ${customers}.`,
  merge: mergeWords.fr,
  merging: (from: string, into: string) => `Fusionner ${from} avec ${into} :`,
  merged: (from: string, into: string) => `${from} est fusionné avec ${into}.`,
  inCharge: (customers: string, who: string | null) =>
    who === null ? `Plus personne ne suit : ${customers}.` : `Suivi par ${who} : ${customers}.`,
  promises: {
    states: {
      running: 'en cours',
      kept: 'tenue',
      broken: 'non tenue',
      replaced: 'remplacée',
      withdrawn: 'retirée',
    },
    all: (invoices: string) => `tout (${invoices})`,
    planned: (count: number) => `Échéancier noté en ${count} mensualités : rien ne part tant qu’il est tenu.`,
    recorded: (day: string) => `Promesse notée : rien ne part à ce sujet jusqu’au ${day} inclus.`,
    withdrawn: 'Promesse retirée : ce qui est dû repart.',
  },
  tasksTold: {
    added: (day: string) => `Tâche notée pour le ${day}.`,
    done: 'Tâche faite.',
    undone: 'Tâche de nouveau à faire.',
  },
  settings: {
    saved: (key: string, value: string) => `${key} : ${value}`,
    expected: (key: string, value: string, expected: string) => `${key} n’accepte pas « ${value} », mais ${expected}.`,
    one: (choices: string) => `une de ces valeurs : ${choices}`,
    number: (least: number, most: number | null) =>
      most === null ? `un nombre à partir de ${least}` : `un nombre de ${least} à ${most}`,
    list: (each: string) => `${each}, ou plusieurs séparés par des virgules`,
    time: 'une heure comme 08:00',
    boolean: 'yes ou no',
    text: 'un texte',
    orNone: ' ou none',
  },
  charges: {
    kinds: {
      interest: 'Pénalités de retard',
      indemnity: 'Indemnité forfaitaire',
      fee: 'Frais prévus au contrat',
    } as Record<ChargeKind, string>,
    accrued: 'Intérêts courus',
    unknown: (halves: string) => `taux à confirmer : ${halves}`,
    claimed: 'Réclamé :',
    none: 'Rien n’a été réclamé.',
    waived: 'abandonné',
    paid: 'payé',
    waivedNow: 'Vous y renoncez : ce n’est plus réclamé.',
    restored: 'De nouveau réclamé.',
    toCheck: 'à vérifier',
    rateSaid: (rate: string) => `Taux enregistré : ${rate}.`,
    rateTakenBack: 'Taux retiré.',
  },
  absences: {
    standIn: (name: string, counts: boolean) =>
      counts ? `remplacement : ${name}` : `remplacement : ${name}, qui ne peut plus agir`,
    declared: (who: string, from: string, until: string, standIn: string) =>
      `${who}, en absence du ${from} au ${until} ; remplacement : ${standIn}.`,
    ended: (who: string) => `L’absence de ${who} est terminée.`,
  },
  agreed: {
    terms: (customers: string, terms: string | null) =>
      terms === null
        ? `Conditions de l’entreprise pour ${customers}.`
        : `Conditions de règlement pour ${customers} : ${terms}.`,
    beyond:
      'Peut dépasser ce que deux entreprises peuvent convenir en France : 60 jours après l’émission, ou 45 jours fin de mois (C. com. art. L441-10 I).',
    salesperson: (customers: string, name: string | null) =>
      name === null ? `Plus de commercial pour ${customers}.` : `Commercial pour ${customers} : ${name}.`,
    email: (customers: string, allowed: boolean) =>
      allowed ? `E-mail autorisé pour ${customers}.` : `Plus de relance par e-mail pour ${customers}.`,
  },
  closures: {
    yearly: 'chaque année',
    added: (label: string) => `Fermeture « ${label} » ajoutée.`,
    removed: (label: string) => `Fermeture « ${label} » supprimée.`,
  },
  templates: {
    original: 'texte d’origine',
    changed: 'texte modifié',
    fine: (customer: string, invoices: string) => `Le modèle est juste. Avec ${customer}, ${invoices} :`,
    invented: 'des données inventées',
    saved: (name: string) => `Modèle « ${name} » enregistré.`,
    wouldRemove: (key: string) => `Supprimer le modèle « ${key} », dans toutes ses langues.`,
    removed: (key: string) => `Modèle « ${key} » supprimé.`,
    wouldRestore: (key: string) => `Remettre le texte d’origine de « ${key} » : le texte actuel serait perdu.`,
    restored: (name: string) => `Texte d’origine remis : « ${name} ».`,
  },
  paymentsKnown: (day: string) => `Règlements à jour au ${day} : ce qui attendait la banque continue.`,
};

const en: typeof fr = {
  customers: (count) => `${count} ${count === 1 ? 'customer' : 'customers'}`,
  invoices: (count) => `${count} ${count === 1 ? 'invoice' : 'invoices'}`,
  instalments: (count) => `${count} open ${count === 1 ? 'instalment' : 'instalments'}`,
  messages: (count) => `${count} ${count === 1 ? 'message' : 'messages'}`,
  tasks: (count) => `${count} ${count === 1 ? 'task' : 'tasks'}`,
  nothing: 'Nothing to show.',
  none: 'no reminders',
  byDefault: 'by default',
  paused: (until) => (until === null ? 'paused' : `paused until ${until}`),
  level: (level) => (level === 0 ? 'Notice' : `R${level}`),
  confirm: 'Add --yes to do it.',
  sequence: {
    due: (days) => `D${days < 0 ? '−' : '+'}${Math.abs(days)}`,
    previous: (days) => `${days} d after the one before`,
    monthEnd: (days) => (days === 0 ? 'end of month' : `${days} d, then end of month`),
    formalNotice: 'formal notice',
    approved: 'to approve',
    fee: (fee) => `fee ${fee}`,
    template: (key) => `template ${key}`,
    task: 'task',
    after: {
      nothing: 'after that: nothing',
      task: (days, text) => `${days} d after the last step, a task: ${text}`,
      repeat: (days, times) => `the last step again every ${days} d, ${times} times at most`,
      litigation: (days) => `${days} d after the last step, hand-over to litigation proposed`,
    },
    fine: 'The sequence can be saved.',
    wrong: (step, text) => `To correct${step}: ${text}`,
    odd: (step, text) => `To look at${step}: ${text}`,
    atStep: (name) => ` (${name})`,
    saved: (title) => `Sequence “${title}” saved.`,
    added: (templates) =>
      `Sequence added, with ${templates} ${templates === 1 ? 'template' : 'templates'}. No customer is in it.`,
    there: 'added already',
    wouldRemove: (title, customers, instalments) =>
      `Deleting “${title}” ends its reminders: ${customers}, ${instalments}.`,
    wouldStop: (title, byHand) => `Deleting “${title}” ends the reminders of those put in it by hand: ${byHand}.`,
    ruleGoes: (name, customers) =>
      `The rule “${name}” goes with it (${customers}): the next rule that matches takes them, else the default sequence.`,
    removed: (title, stopped) =>
      `Sequence “${title}” deleted. Customers for whom it was chosen, not reminded any more: ${stopped}.`,
    gone: 'deleted sequence',
  },
  effect: {
    between: (from, to) => `From ${from} to ${to}`,
    toApprove: (count) => `${count} of them to approve`,
    over: (customers, instalments) => `Over ${customers}, ${instalments}`,
    compared: (sooner, later, begins, stops, same) =>
      `Next message: sooner for ${sooner}, later for ${later}, new for ${begins}, gone for ${stops}, unchanged for ${same}`,
    outside: (count, amounts) => `Overdue, outside dunning: ${count} (${amounts})`,
    withoutAddress: (count) => `Without a usable address: ${count}`,
    asked: (count) => `After the last step a person would be asked ${count} times`,
    needless: (count) => `needless: ${count}`,
    needlessMeans: 'Needless: all that was asked for was paid within two days.',
  },
  enrolled: {
    passage: (customers, from, to) => `${customers}: ${from} → ${to}`,
    behind: (invoices, begun, waiting) =>
      `${invoices}; reminded of already or about to be: ${begun}; waiting messages that will not leave: ${waiting}`,
    nobody: 'Nobody moves to another sequence.',
    done: (customers) => `The choice is saved for ${customers}.`,
  },
  rules: {
    leftOut: (types) => `without: ${types}`,
    otherwise: (title) => `otherwise: ${title}`,
    chosen: (chosen, none) => `chosen by a person: ${chosen}; no reminders: ${none}`,
    from: (amount) => `from ${amount}`,
    keyAccount: (is) => (is ? 'key accounts' : 'no key accounts'),
    everyone: 'everyone',
    saved: (moved) => `Rules saved. Customers who move to another sequence: ${moved}.`,
  },
  pausing: {
    together: (paused, leftOut) => [
      `Paused: ${paused}.`,
      ...(leftOut > 0 ? [`Left out, settled or paused as long already: ${leftOut}.`] : []),
    ],
    lifted: (count) => `Pauses lifted: ${count}.`,
    sequence: (title) => `Sequence “${title}” is paused.`,
  },
  delays: {
    own: (days) => `Delays of its own, in days: ${days}.`,
    none: 'The customer follows the delays of its sequence again.',
  },
  keyAccount: (customers, is) =>
    is
      ? `Each message is approved by a person for ${customers}.`
      : `Approved by the steps’ own rules for ${customers}.`,
  steering: {
    level: (count, level) => `Level ${level} for ${count} ${count === 1 ? 'instalment' : 'instalments'}.`,
    included: (count) => `Included: ${count} ${count === 1 ? 'instalment' : 'instalments'}.`,
    wouldInclude: (invoices, until) => `${invoices} to include; until ${until} that would send:`,
    restarted: (count) => `Started anew: ${count} ${count === 1 ? 'instalment' : 'instalments'}.`,
    wouldRestart: (invoices) => `To start anew from the first step: ${invoices}. Every step may leave again.`,
    reminded: (level, day) => `Noted: ${level}, reminded by other means on ${day}.`,
    noSuchLevel: (level, title, levels) => `The sequence “${title}” has no level ${level}, but ${levels}.`,
    unfollowed: 'The customer follows no sequence: enrol it first (relance customers enrol).',
    disputed: 'Dispute opened: the invoice is not reminded of any more.',
    disputeClosed: 'Dispute closed: reminders go on.',
  },
  reminding: {
    to: (addresses) => `To: ${addresses}`,
    copy: (addresses) => `Copy: ${addresses}`,
    subject: (text) => `Subject: ${text}`,
    attached: (names) => `Attached: ${names}`,
    refused: (number, why) => `${number}: ${why}`,
    noneOverdue: 'No overdue invoice to remind of.',
    prepared: (messages) => `${messages} to approve:`,
  },
  approving: {
    total: (messages, amounts) => `${messages} to approve, ${amounts}`,
    formalNotices: (count) => `formal notices among them: ${count}`,
    waits: (days) => `waits for ${days} sending ${days === 1 ? 'day' : 'days'}`,
    byHand: 'by hand',
    done: (count) => `Approved: ${count}.`,
    already: (count) => `Not waiting any more: ${count}.`,
    dropped: (count) => `Paid, paused or disputed in the meantime, won’t leave: ${count}.`,
    leavesTogether: 'They leave together ten seconds later: by themselves where Relance runs, else with relance run.',
    leaves: 'They leave at the next delivery: by themselves where Relance runs, else with relance run.',
    nothing: 'Nothing waits for approval.',
    postponed: (day) => `Postponed to ${day}.`,
    refused: 'Will not be sent; the sequence goes on.',
    held: (count) => `Held back, to approve again: ${count}.`,
    gone: (count) => `Too late, gone or waiting already: ${count}.`,
    edited: 'The text is saved for this message.',
    leftOut: (left) => `Invoice left out; the message still has ${left}.`,
    resolved: { left: 'Noted as left.', 'send-again': 'Will be sent again.' },
  },
  bounces: {
    line: (file, told) => `${file}: ${told}`,
    outcomes: {
      undelivered: (customer, addresses) => `${customer}, message not delivered to ${addresses}.`,
      partly: (customer, addresses) => `${customer}, refused by ${addresses}, delivered to the others.`,
      noted: (customer, addresses) => `${customer}, refused by ${addresses}; sent again since.`,
      unclear: (customer, addresses) =>
        `${customer}, refused by ${addresses}: a task asks whether the customer has it.`,
      delayed: (customer, addresses) => `${customer}, delayed for ${addresses}: nothing changes.`,
      delivered: (customer, addresses) => `${customer}, delivered to ${addresses}: nothing changes.`,
      known: (customer, addresses) => `${customer}, noted already for ${addresses}: nothing changes.`,
    },
    undelivered: (waits) =>
      waits
        ? 'Not delivered: it waits to be sent again, or refused.'
        : 'Not delivered. What follows has left already: it waits for nothing.',
    delivered: (others) => (others === '' ? 'Noted.' : `Noted; delivered to the other addresses: ${others}.`),
    blocked: (address) => `Nothing is sent to ${address} any more.`,
    unblocked: (address) => `Address unblocked: ${address}.`,
  },
  payer: (customers, who) => (who === null ? `No payer any more: ${customers}.` : `Paid for by ${who}: ${customers}.`),
  merge: mergeWords.en,
  merging: (from, into) => `Merge ${from} into ${into}:`,
  merged: (from, into) => `${from} was merged into ${into}.`,
  inCharge: (customers, who) =>
    who === null ? `Nobody is in charge any more: ${customers}.` : `${who} is in charge: ${customers}.`,
  promises: {
    states: { running: 'running', kept: 'kept', broken: 'broken', replaced: 'replaced', withdrawn: 'withdrawn' },
    all: (invoices) => `all (${invoices})`,
    planned: (count) => `Payment plan noted, ${count} instalments: nothing leaves while it is kept.`,
    recorded: (day) => `Promise noted: nothing leaves about it up to and including ${day}.`,
    withdrawn: 'Promise withdrawn: what is due leaves again.',
  },
  tasksTold: {
    added: (day) => `Task noted for ${day}.`,
    done: 'The task is done.',
    undone: 'The task is to do again.',
  },
  settings: {
    saved: (key, value) => `${key}: ${value}`,
    expected: (key, value, expected) => `${key} does not take “${value}”, but ${expected}.`,
    one: (choices) => `one of ${choices}`,
    number: (least, most) => (most === null ? `a number from ${least}` : `a number from ${least} to ${most}`),
    list: (each) => `${each}, or several separated by commas`,
    time: 'a time like 08:00',
    boolean: 'yes or no',
    text: 'a text',
    orNone: ' or none',
  },
  charges: {
    kinds: { interest: 'Late-payment interest', indemnity: 'Fixed compensation', fee: 'Agreed fees' },
    accrued: 'Interest so far',
    unknown: (halves) => `rate to confirm: ${halves}`,
    claimed: 'Claimed:',
    none: 'Nothing was claimed.',
    waived: 'waived',
    paid: 'paid',
    waivedNow: 'Waived: it is not claimed any more.',
    restored: 'Claimed again.',
    toCheck: 'to check',
    rateSaid: (rate) => `Rate saved: ${rate}.`,
    rateTakenBack: 'Rate taken back.',
  },
  absences: {
    standIn: (name, counts) => (counts ? `stand-in: ${name}` : `stand-in: ${name}, who may not act any more`),
    declared: (who, from, until, standIn) => `${who} is away from ${from} to ${until}; stand-in: ${standIn}.`,
    ended: (who) => `The absence of ${who} is over.`,
  },
  agreed: {
    terms: (customers, terms) =>
      terms === null ? `The company’s terms for ${customers}.` : `Payment terms for ${customers}: ${terms}.`,
    beyond:
      'May exceed what two businesses can agree on in France: 60 days from issue, or 45 days end of month (C. com. art. L441-10 I).',
    salesperson: (customers, name) =>
      name === null ? `No salesperson any more for ${customers}.` : `Salesperson for ${customers}: ${name}.`,
    email: (customers, allowed) =>
      allowed ? `E-mail is allowed for ${customers}.` : `No reminders by e-mail any more for ${customers}.`,
  },
  closures: {
    yearly: 'every year',
    added: (label) => `Closure “${label}” added.`,
    removed: (label) => `Closure “${label}” removed.`,
  },
  templates: {
    original: 'original text',
    changed: 'changed text',
    fine: (customer, invoices) => `The template is right. With ${customer}, ${invoices}:`,
    invented: 'invented figures',
    saved: (name) => `Template “${name}” saved.`,
    wouldRemove: (key) => `Deleting the template “${key}” in all its languages.`,
    removed: (key) => `Template “${key}” deleted.`,
    wouldRestore: (key) => `Restoring the original text of “${key}”: the present text would be lost.`,
    restored: (name) => `Original text restored: “${name}”.`,
  },
  paymentsKnown: (day) => `Payments are known up to ${day}: what waited for the bank goes on.`,
};

export type CliWords = typeof fr;

const catalogues: Record<ScreenLanguage, CliWords> = { fr: typesetWords(fr, 'fr'), en };

export const wordsOf = (language: ScreenLanguage): CliWords => catalogues[language];
