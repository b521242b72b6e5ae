// The words of the page in French. The other languages have exactly these keys: a missing one is a type error.
import { reasonWords } from '../../src/words/reasons.ts';
import { levelNames, messageStates } from '../../src/words/values.ts';

const several = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('fr-FR')} ${count >= 2 ? more : one}`;

export const fr = {
  application: 'Relance',
  loading: 'Chargement…',
  retry: 'Réessayer',
  close: 'Fermer',
  reasonMissing: 'Dites pourquoi, en quelques mots.',
  cancel: 'Annuler',
  undo: 'Annuler',
  all: 'Tout voir',
  more: 'Afficher la suite',
  skipToContent: 'Aller au contenu',
  optional: 'facultatif',
  clearSelection: 'Ne plus rien choisir',
  notAnAddress: (text: string) => `« ${text} » n’est pas une adresse e-mail.`,
  cannotShow: (...what: readonly string[]) =>
    `Impossible d’afficher ${
      what.length > 3
        ? `« ${what[0]} », « ${what[1]} » et ${what.length - 2} autres parties de cet écran`
        : new Intl.ListFormat('fr').format(what.map((one) => `« ${one} »`))
    }.`,
  notOpen: 'Relance ne s’ouvre pas',
  notShown: 'Pas affiché pour l’instant.',
  screenNotShown: 'Cet écran ne s’affiche pas',
  notOurs: (status: number) =>
    `Une erreur s’est produite (code ${status}). Réessayez dans un instant ; si elle revient, prévenez la personne qui s’occupe de Relance.`,
  unreachable: 'Relance ne répond pas. Vérifiez votre connexion ou que Relance est démarré, puis réessayez.',

  navigation: {
    all: 'Écrans',
    more: 'Plus',
    toApprove: (count: number) => several(count, 'message à valider', 'messages à valider'),
  },
  screens: {
    today: 'Aujourd’hui',
    approve: 'À valider',
    due: 'À relancer',
    invoices: 'Factures',
    customers: 'Clients',
    toComplete: 'À compléter',
    payments: 'Encaissements',
    sent: 'Envois',
    sequences: 'Séquences',
    templates: 'Modèles',
    imports: 'Imports',
    settings: 'Réglages',
  },
  notFound: {
    title: 'Cette page n’existe pas',
    hint: 'Le lien est peut-être ancien, ou celui d’une autre entreprise.',
    back: 'Revenir à Aujourd’hui',
  },

  guide: {
    title: 'Guide',
    contents: 'Sommaire',
    link: (page: string) => `Guide : ${page}`,
  },

  account: {
    signOut: 'Se déconnecter',
    menu: 'Compte et affichage',
    light: 'Affichage clair',
    dark: 'Affichage sombre',
    signIn: 'Se connecter',
    signInTitle: 'Connexion',
    signInHint: 'Avec l’adresse e-mail et le mot de passe de votre compte Relance.',
    name: 'Votre nom',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    passwordHint: 'Au moins 10 caractères : une phrase courte convient bien.',
    passwordTooShort: 'Il faut au moins 10 caractères.',
    required: 'À renseigner.',
    emailWrong: 'Cette adresse e-mail n’est pas complète.',
    company: 'Entreprise',
    noCompany: 'Votre compte n’est membre d’aucune entreprise. Demandez à un propriétaire de vous ajouter.',
  },

  firstVisit: {
    title: 'Bienvenue dans Relance',
    intro:
      'Deux minutes : votre compte, puis votre entreprise. Vous commencez en mode test : aucun e-mail n’est envoyé tant que vous ne passez pas en réel.',
    yourAccount: 'Votre compte',
    yourCompany: 'Votre entreprise',
    companyName: 'Nom de l’entreprise',
    companyNameHint: 'Tel qu’il apparaîtra dans vos messages.',
    country: 'Pays',
    countryHint: 'Pour les jours fériés et la devise.',
    timeZone: 'Fuseau horaire',
    timeZoneHint: 'Celui de ce navigateur est proposé.',
    language: 'Langue',
    languageHint: 'De l’écran et, par défaut, des messages.',
    french: 'Français',
    english: 'English',
    submit: 'Créer mon compte et commencer',
    noSuchCountry: 'Aucun pays de ce nom',
    noSuchZone: 'Aucun fuseau de ce nom',
  },

  mode: {
    practice: 'Mode test : aucun e-mail n’est envoyé',
    practiceMore: 'Les messages sont composés comme en réel, puis capturés ici.',
    simulated: (day: string) => `Date simulée : ${day}`,
    sample: 'Entreprise d’exemple : aucun e-mail n’est envoyé',
    goLive: 'Passer en réel',
    setClock: 'Avancer la date',
    clockDay: 'Nouvelle date simulée',
    clockHint: 'Elle ne recule pas. Les relances du jour ne partent que si vous les lancez.',
    clockSet: 'Appliquer la date',
  },

  figures: {
    title: 'Situation',
    open: 'Solde dû total',
    overdue: 'Échu',
    notDue: 'À échoir',
    cameIn: 'Encaissé sur 30 jours',
    invoices: (count: number) => several(count, 'facture ouverte', 'factures ouvertes'),
    overdueInvoices: (count: number) => several(count, 'facture échue', 'factures échues'),
    customers: (count: number) => several(count, 'client', 'clients'),
    ofCustomers: (count: number) => `chez ${several(count, 'client', 'clients')}`,
  },

  run: {
    button: 'Lancer les relances du jour',
    running: 'Relances en cours…',
    done: (ready: number, toApprove: number, tasks: number) =>
      ready + toApprove + tasks === 0
        ? 'Rien à relancer de plus aujourd’hui.'
        : `${[
            ready > 0 ? several(ready, 'message composé', 'messages composés') : '',
            toApprove > 0 ? several(toApprove, 'message à valider', 'messages à valider') : '',
            tasks > 0 ? several(tasks, 'tâche à faire', 'tâches à faire') : '',
          ]
            .filter((part) => part !== '')
            .join(', ')}.`,
    notSendingDay: 'Ce n’est pas un jour d’envoi : les messages attendent le prochain.',
  },

  search: {
    label: 'Rechercher un client ou une facture',
    placeholder: 'Client, numéro de facture…',
    nothing: (text: string) => `Aucun client ni facture ne correspond à « ${text} ».`,
    customers: 'Clients',
    invoices: 'Factures',
    settled: 'réglée',
    nothingDue: 'rien de dû',
  },

  today: {
    title: 'À relancer aujourd’hui',
    hint: 'Ce que « Lancer les relances du jour » enverra, et pourquoi.',
    empty: 'Rien d’autre à relancer aujourd’hui.',
    emptyNoInvoices:
      'Aucune facture pour l’instant. Importez vos factures ouvertes : Relance dira aussitôt qui relancer, et pourquoi.',
    approvalNeeded: 'à valider avant de partir',
    customer: 'Client',
    invoice: 'Facture',
    level: 'Niveau',
    amount: 'Reste dû',
    why: 'Pourquoi',
    due: 'Échéance',
    levelNamed: levelNames.fr,
  },

  approve: {
    title: 'À valider',
    hint: 'Ces messages ne partent qu’après votre accord.',
    approve: 'Valider',
    refuse: 'Ne pas envoyer',
    read: 'Lire le message',
    refused: 'Le message ne partira pas.',
    refuseTitle: 'Ne pas envoyer ce message ?',
    refuseHint: 'Cette étape est passée pour ces factures ; la suivante viendra à son jour.',
    refuseReason: 'Motif',
    waits: (days: number) => `attend depuis ${several(days, 'jour d’envoi', 'jours d’envoi')}`,
    approveAll: (count: number) => `Valider les ${count} messages`,
  },

  held: {
    title: 'En attente',
    hint: 'Ces factures seraient à relancer, mais quelque chose les retient.',
    motive: 'Motif',
  },

  problems: {
    title: 'À vérifier',
    inDoubt: 'Envoi à vérifier : la connexion a été coupée pendant l’envoi, le message est peut-être parti.',
    failed: 'Le message n’a pas pu partir.',
    left: 'Il est bien parti',
    sendAgain: 'Le renvoyer',
    resolved: 'C’est noté.',
  },

  outside: {
    title: 'Échues, hors relance',
    hint: 'Déjà échues depuis longtemps à leur arrivée : Relance ne les relance pas d’office.',
    count: (count: number) => several(count, 'facture', 'factures'),
    include: 'Inclure',
    includeAll: (count: number) => `Inclure les ${count} factures`,
    includeHint: 'Elles entrent dans leur séquence aujourd’hui, à la première étape.',
    included: (count: number) =>
      `${several(count, 'facture incluse', 'factures incluses')} : lancez les relances du jour.`,
    coming: (count: number) =>
      `${several(count, 'échéance restera', 'échéances resteront')} hors relance. Lancez les relances du jour pour en voir la liste et les inclure si vous le voulez.`,
    show: 'Voir la liste',
    hide: 'Masquer la liste',
  },

  messages: {
    title: 'Messages',
    hintPractice: 'Les messages tels qu’ils seraient partis.',
    hintLive: 'Les messages tels qu’ils sont partis.',
    empty: 'Aucun message pour l’instant. Lancez les relances du jour : chaque message apparaîtra ici tel qu’il part.',
    open: (customer: string) => `Ouvrir le message à ${customer}`,
    to: 'À',
    from: 'De',
    cc: 'Copie',
    subject: 'Objet',
    date: 'Date',
    headers: 'En-têtes',
    html: 'Message',
    text: 'Texte seul',
    attachments: 'Pièces jointes',
    download: 'Télécharger (.eml)',
    asItWouldLeave: 'Tel qu’il partira',
    asItLeft: 'Tel qu’il est parti',
    ...messageStates.fr,
    frameTitle: 'Contenu du message',
    previous: 'Message précédent',
    next: 'Message suivant',
  },

  payment: {
    button: 'Enregistrer un règlement',
    title: (number: string) => `Règlement de la facture ${number}`,
    amount: 'Montant reçu',
    amountHint: (open: string) => `Reste dû : ${open}`,
    amountHintCharged: (open: string, charged: string) =>
      `Reste dû : ${open}, et ${charged} de pénalités et frais réclamés`,
    amountWrong: 'Indiquez un montant, par exemple 1 234,56.',
    day: 'Reçu le',
    dayWrong: 'Indiquez un jour.',
    reference: 'Référence',
    referenceHint: 'Numéro de virement, de chèque…',
    submit: 'Enregistrer le règlement',
    settledNow: (number: string) => `Facture ${number} réglée : elle ne sera plus relancée.`,
    partly: (number: string, open: string) => `Règlement enregistré. Il reste ${open} sur la facture ${number}.`,
    over: (amount: string) => `Le surplus (${amount}) restera un avoir du client.`,
  },

  import: {
    button: 'Importer',
    title: 'Importer un fichier',
    kind: 'Que contient le fichier ?',
    invoices: 'Factures',
    customers: 'Clients',
    payments: 'Règlements',
    file: 'Fichier CSV',
    fileHint: 'Exporté de votre logiciel. Séparateur, accents, dates et colonnes sont reconnus.',
    choose: 'Choisir un fichier…',
    forget: 'Retirer le fichier',
    reading: 'Lecture du fichier…',
    importing: 'Import en cours…',
    sent: (percent: number) => `${percent} % du fichier transmis`,
    columns: 'Colonnes reconnues',
    columnsHint: 'Corrigez ce qui ne va pas : l’aperçu suit.',
    otherFields: (count: number) => `Autres champs (${count}) et lecture du fichier`,
    otherFieldsOnly: (count: number) => `Autres champs (${count})`,
    columnsMissing: (count: number) =>
      count >= 2
        ? `${count} colonnes obligatoires n’ont pas été reconnues. Choisissez-les : l’aperçu vient aussitôt.`
        : 'Une colonne obligatoire n’a pas été reconnue. Choisissez-la : l’aperçu vient aussitôt.',
    or: ' ou ',
    toChoose: 'à choisir',
    chosen: 'choisi',
    columnWith: (column: string, example: string) => `${column} (ex. : ${example})`,
    fileColumns: 'Colonnes du fichier',
    column: 'Colonne',
    examples: 'Exemples',
    noColumn: '(aucune)',
    dateOrder: 'Ordre des dates',
    dmy: 'jour/mois/année',
    mdy: 'mois/jour/année',
    ymd: 'année/mois/jour',
    decimalMark: 'Signe décimal',
    comma: 'virgule',
    point: 'point',
    separator: 'Séparateur',
    semicolon: 'point-virgule',
    tab: 'tabulation',
    bar: 'barre verticale',
    encoding: 'Encodage',
    headerRow: 'Ligne des titres',
    noHeaderRow: 'aucune',
    headerRowAt: (row: string) => `ligne ${row}`,
    preview: 'Aperçu',
    previewRows: (shown: number) =>
      `${several(shown, 'première ligne', 'premières lignes')}, telles qu’elles seront lues`,
    row: 'Ligne',
    problems: (count: number) => several(count, 'erreur', 'erreurs'),
    problemsHint: 'Corrigez-les dans le fichier, ou importez les autres lignes.',
    downloadErrors: 'Télécharger les erreurs (CSV)',
    movedByRules: 'Changent de séquence, par les règles',
    differences: (count: number) => several(count, 'modification', 'modifications'),
    becomes: (field: string, from: string, to: string) => `${field} : ${from} → ${to}`,
    counts: (created: number, changed: number, unchanged: number, faulty: number) =>
      [
        `${several(created, 'nouvelle', 'nouvelles')}`,
        `${several(changed, 'modifiée', 'modifiées')}`,
        `${several(unchanged, 'inchangée', 'inchangées')}`,
        `${several(faulty, 'ligne refusée', 'lignes refusées')}`,
      ].join(' · '),
    submit: (count: number) => `Importer ${several(count, 'ligne', 'lignes')}`,
    submitGood: (count: number) =>
      count === 1 ? 'Importer la bonne ligne' : `Importer les ${count.toLocaleString('fr-FR')} bonnes lignes`,
    nothingToDo: 'Rien à importer : tout est déjà là, à l’identique.',
    done: (created: number, changed: number) =>
      `Import terminé : ${several(created, 'ajout', 'ajouts')}, ${several(changed, 'modification', 'modifications')}.`,
    goodOnly: (faulty: number) =>
      `${several(faulty, 'ligne refusée', 'lignes refusées')} : corrigez-les puis importez de nouveau le même fichier.`,
    again: 'Importer un autre fichier',
    cancel: 'Annuler',
    readingOptions: 'Lecture du fichier',
    fields: {
      number: 'Numéro',
      source: 'Source',
      customerNumber: 'N° de client',
      customerName: 'Nom du client',
      email: 'E-mail',
      type: 'Type',
      status: 'Statut',
      issuedOn: 'Date d’émission',
      dueOn: 'Échéance',
      instalment: 'Échéance n°',
      amount: 'Montant',
      openAmount: 'Reste dû',
      paidAmount: 'Déjà réglé',
      currency: 'Devise',
      paymentMethod: 'Mode de règlement',
      directDebit: 'Prélèvement',
      orderReference: 'Commande',
      name: 'Nom',
      kind: 'Nature',
      category: 'Catégorie',
      language: 'Langue',
      contactName: 'Contact',
      payer: 'N° du client payeur',
      role: 'Rôle du contact',
      phone: 'Téléphone',
      street: 'Adresse',
      postcode: 'Code postal',
      city: 'Ville',
      country: 'Pays',
      notes: 'Notes',
      invoices: 'Factures réglées',
      receivedOn: 'Reçu le',
      label: 'Libellé',
    } as Record<string, string>,
  },

  lateBy: (days: number) => `en retard de ${days.toLocaleString('fr-FR')} j`,
  dueToday: 'échéance aujourd’hui',
  dueIn: (days: number) => `dans ${days.toLocaleString('fr-FR')} j`,
  noDueDate: 'sans échéance',

  /** Days and amounts come formatted: `amount`, `dueOn` … are already words. */
  reasons: reasonWords.fr,
};

export type Words = typeof fr;
