// What a code of an invoice, a customer or a message is called, wherever it is shown.

export const invoiceTypes = {
  fr: {
    standard: 'Facture',
    deposit: 'Facture d’acompte',
    progress: 'Facture de situation',
    final: 'Facture de solde',
    subscription: 'Abonnement',
    credit_note: 'Avoir',
  },
  en: {
    standard: 'Invoice',
    deposit: 'Deposit invoice',
    progress: 'Progress invoice',
    final: 'Final invoice',
    subscription: 'Subscription',
    credit_note: 'Credit note',
  },
};

export const invoiceStatuses = {
  fr: {
    draft: 'Brouillon',
    to_process: 'À traiter',
    quote: 'Devis',
    issued: 'Émise',
    written_off: 'Passée en perte',
    cancelled: 'Annulée',
  },
  en: {
    draft: 'Draft',
    to_process: 'To process',
    quote: 'Quote',
    issued: 'Issued',
    written_off: 'Written off',
    cancelled: 'Cancelled',
  },
};

export const customerKinds = {
  fr: { business: 'Entreprise', consumer: 'Particulier', public: 'Organisme public' },
  en: { business: 'Business', consumer: 'Consumer', public: 'Public body' },
};

export const contactRoles = {
  fr: { main: 'Contact principal', accounts_payable: 'Comptabilité', management: 'Direction' },
  en: { main: 'Main contact', accounts_payable: 'Accounts payable', management: 'Management' },
};

/** What put a customer where it is. */
type PlacedBy = 'default' | 'chosen' | 'none' | 'rule';

/**
 * What a customer follows, and what put it there: 'Séquence standard · par défaut'. `title`: null for no reminders, also where the
 * chosen sequence was deleted. `rule`: its name, where one holds the customer.
 */
export const followed = {
  fr: (title: string | null, by: PlacedBy, rule: string | null): string => {
    const placedBy = {
      rule: `règle « ${rule} »`,
      default: 'par défaut',
      chosen: title === null ? 'séquence supprimée' : 'choisie',
      none: 'choisi',
    };
    return `${title ?? 'Aucune relance'} · ${placedBy[rule === null ? by : 'rule']}`;
  },
  en: (title: string | null, by: PlacedBy, rule: string | null): string => {
    const placedBy = {
      rule: `rule “${rule}”`,
      default: 'by default',
      chosen: title === null ? 'sequence deleted' : 'chosen',
      none: 'chosen',
    };
    return `${title ?? 'No reminders'} · ${placedBy[rule === null ? by : 'rule']}`;
  },
};

/** `captured` is `sent` in practice; `done` is `sent` where a person did it, `not_done` is `refused` where a person was to. */
export const messageStates = {
  fr: {
    captured: 'capturé',
    done: 'faite',
    sent: 'parti',
    ready: 'prêt à partir',
    sending: 'en cours d’envoi',
    in_doubt: 'envoi à vérifier',
    failed: 'échec',
    undelivered: 'non remis',
    dropped: 'retiré',
    refused: 'non envoyé',
    not_done: 'non faite',
    to_approve: 'à valider',
    to_do: 'à faire',
  },
  en: {
    captured: 'captured',
    done: 'done',
    sent: 'sent',
    ready: 'ready to leave',
    sending: 'leaving',
    in_doubt: 'in doubt',
    failed: 'failed',
    undelivered: 'not delivered',
    dropped: 'taken out',
    refused: 'not sent',
    not_done: 'not done',
    to_approve: 'to approve',
    to_do: 'to do',
  },
};

export const channels = {
  fr: { email: 'E-mail', task: 'Tâche' },
  en: { email: 'E-mail', task: 'Task' },
};

/** What a message's state is called, as a message or as a task, sent or captured. */
export function stateShown({
  channel,
  state,
  practice,
}: {
  channel: 'email' | 'task';
  state: Exclude<keyof (typeof messageStates)['fr'], 'captured' | 'done' | 'not_done'>;
  practice: boolean;
}): keyof (typeof messageStates)['fr'] {
  if (state === 'refused' && channel === 'task') return 'not_done';
  if (state !== 'sent') return state;
  if (channel === 'task') return 'done';
  return practice ? 'captured' : 'sent';
}

export const paymentKinds = {
  fr: { payment: 'Règlement', settlement: 'Marquée comme réglée' },
  en: { payment: 'Payment', settlement: 'Marked as settled' },
};

/** A notice before the due date is no reminder, and a message that thanks has no level. */
export const levelNames = {
  fr: (level: number, name: string | null, kind: 'reminder' | 'thanks' = 'reminder'): string =>
    kind === 'thanks' ? 'Remerciement' : named(level, name ?? 'Rappel avant échéance', name),
  en: (level: number, name: string | null, kind: 'reminder' | 'thanks' = 'reminder'): string =>
    kind === 'thanks' ? 'Thanks' : named(level, name ?? 'Notice before the due date', name),
};

function named(level: number, notice: string, name: string | null): string {
  if (level === 0) return notice;
  return name === null ? `R${level}` : `R${level} · ${name}`;
}
