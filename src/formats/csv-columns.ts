// Which column holds what: the fields of each kind of file, and the headings, French and English, by which they are known.
import type { ImportKind } from '../core/import.ts';

/** Field to column: the column's heading, or '#4' for the fourth; '' for none. */
export type Mapping = Record<string, string>;

interface Field {
  name: string;
  /** Headings without accents, spaces and punctuation; the first ones are preferred. */
  headings: string;
}

const customerNumber =
  'customerid customernumber custnumber customerno customercode codeclient numeroclient nclient noclient numclient ' +
  'numerodeclient numerodclient refclient referenceclient clientid idclient clientnumber clientcode codetiers comptetiers ' +
  'numerotiers tiers debtornumber debtorid debtorno accountnumber comptecl compteclient compte';
const customerName =
  'customername namecustomer custname nomclient nomduclient clientname raisonsociale client customer societe company ' +
  'companyname denomination debiteur debtor debtorname partnername partner nomtiers nom name';
const email =
  'email mail courriel emailclient mailclient customeremail emailcustomer adresseemail adressemail adresseelectronique ' +
  'emailaddress emailducontact emailcontact contactemail fromemailaddress';
const currency = 'currency devise monnaie invoicecurrency currencycode codedevise grosscurrency netcurrency';

const invoiceNumber =
  'invoicenumber numerofacture numerodefacture numerodelafacture nfacture nofacture numfacture nodefacture ndefacture ' +
  'invoiceno invoicenum invoiceid idfacture facturen factureno facture invoice invoicereference referencefacture reffacture';

const fields: Record<ImportKind, readonly Field[]> = {
  invoices: [
    {
      name: 'number',
      headings: `${invoiceNumber} numerodocument numeropiece numerodepiece npiece documentnumber documentno docnumber docid piece numero number reference ref merchantreference`,
    },
    { name: 'instalment', headings: 'instalment installment numeroecheance necheance tranche' },
    { name: 'source', headings: 'source serie series souche' },
    { name: 'customerNumber', headings: customerNumber },
    { name: 'customerName', headings: customerName },
    { name: 'email', headings: email },
    { name: 'type', headings: 'invoicetype typefacture typedefacture type typedocument documenttype typepiece nature' },
    { name: 'status', headings: 'invoicestatus statutfacture status statut etat state' },
    {
      name: 'issuedOn',
      headings:
        'invoicedate datefacture datedefacture datedelafacture dateemission datedemission emisele issuedate issuedon dateissued ' +
        'documentcreatedate documentdate datedocument datepiece datedepiece billingdate date postingdate creationdate',
    },
    {
      name: 'dueOn',
      headings:
        'duedate dueindate dateecheance datedecheance echeance echeancele duele dueon due paymentduedate datelimite ' +
        'datelimitedepaiement datelimitepaiement maturitydate',
    },
    {
      name: 'amount',
      headings:
        'invoiceamount amountinclvat amountincltax montantttc totalttc ttc montantfacture montanttotal totalamount amounttotal ' +
        'grossamount amount montant total gross prixttc debit',
    },
    {
      name: 'openAmount',
      headings:
        'totalopenamount openamount amountdue amountopen outstandingamount outstanding balancedue openbalance balance resteapayer ' +
        'resteareglerttc restearegler restedu montantrestant montantrestantdu montantdu soldedu solde restant encours',
    },
    {
      name: 'paidAmount',
      headings: 'paidamount amountpaid paid montantregle montantpaye dejaregle dejapaye regle paye',
    },
    { name: 'currency', headings: currency },
    {
      name: 'paymentMethod',
      headings: 'paymentmethod modereglement modedereglement modepaiement modedepaiement moyendepaiement moyenpaiement',
    },
    { name: 'directDebit', headings: 'directdebit prelevement prelevementautomatique prelevementsepa sepadirectdebit' },
    {
      name: 'orderReference',
      headings:
        'ordernumber orderreference purchaseorder ponumber po numerocommande ncommande commande boncommande bondecommande',
    },
  ],
  customers: [
    { name: 'number', headings: `${customerNumber} number numero code id reference ref` },
    { name: 'name', headings: customerName },
    { name: 'kind', headings: 'kind customertype customerkind typeclient typedeclient type nature' },
    { name: 'category', headings: 'category categorie segment famille groupe group' },
    { name: 'language', headings: 'language langue lang' },
    {
      name: 'contactName',
      headings: 'contactname contact nomcontact nomducontact interlocuteur contactprincipal attentionof attention',
    },
    { name: 'email', headings: `${email} emails courriels` },
    { name: 'role', headings: 'role fonction contactrole rolecontact function' },
    {
      name: 'phone',
      headings: 'phone telephone tel phonenumber telephonenumber numerodetelephone contactphonenumber mobile',
    },
    { name: 'street', headings: 'street adresse rue address adresse1 address1 addressline1 adressepostale voie' },
    { name: 'postcode', headings: 'postcode codepostal cp zip zipcode postalcode' },
    { name: 'city', headings: 'city ville town commune localite' },
    { name: 'country', headings: 'country pays countrycode codepays' },
    {
      name: 'paymentTerms',
      headings:
        'paymentterms terms conditionsdereglement conditionreglement conditionsreglement conditionsdepaiement conditionpaiement ' +
        'conditionspaiement delaidereglement delaireglement delaidepaiement delaipaiement',
    },
    {
      name: 'inCharge',
      headings:
        'incharge suivipar personneencharge responsablerecouvrement chargederecouvrement chargederelance collector',
    },
    {
      name: 'salespersonName',
      headings:
        'salesperson salespersonname salesrep salesrepresentative commercial nomcommercial nomducommercial vendeur representant',
    },
    {
      name: 'salespersonEmail',
      headings: 'salespersonemail salesrepemail emailcommercial emailducommercial mailcommercial courrielcommercial',
    },
    {
      name: 'emailAllowed',
      headings: 'emailallowed emailautorise mailautorise relanceparemail relanceparmail canalemail',
    },
    { name: 'payer', headings: 'payer payernumber payerid payeur numeropayeur codepayeur tierspayeur clientpayeur' },
    { name: 'notes', headings: 'notes note commentaire commentaires comment comments remarque remarques' },
  ],
  payments: [
    {
      name: 'number',
      headings:
        'paymentnumber paymentid paymentno numeropaiement numerodepaiement numeroreglement numerodereglement idpaiement ' +
        'transactionid idtransaction operationnumber numerooperation pspreference reference ref numero number id',
    },
    { name: 'source', headings: 'source bank banque' },
    { name: 'customerNumber', headings: customerNumber },
    { name: 'customerName', headings: `${customerName} payer payeur donneurdordre` },
    {
      name: 'invoices',
      headings: `${invoiceNumber} invoicenumbers factures invoices numerosfactures merchantreference`,
    },
    {
      name: 'receivedOn',
      headings:
        'receivedon paymentdate datepaiement datedepaiement datereglement datedereglement datereception dateencaissement ' +
        'encaissele receiveddate settleddate cleardate valuedate datevaleur dateoperation bookingdate date creationdate',
    },
    {
      name: 'amount',
      headings:
        'paymentamount amountpaid amountreceived montantregle montantpaye montantreglement montantpaiement montantencaisse ' +
        'montantrecu amount montant credit gross grosscreditgc netcreditnc invoiceamount total',
    },
    { name: 'currency', headings: currency },
    {
      name: 'label',
      headings: 'label libelle paymentreference communication motif description subject detail note memo',
    },
  ],
};

/** What must be known before a file of that kind can be read; of each group, one field is enough. */
const required: Record<ImportKind, readonly (readonly string[])[]> = {
  invoices: [['number'], ['customerNumber', 'customerName'], ['amount', 'openAmount'], ['issuedOn', 'dueOn']],
  customers: [['number', 'name']],
  payments: [['customerNumber', 'customerName', 'invoices'], ['receivedOn'], ['amount']],
};

export function fieldsOf(kind: ImportKind): string[] {
  return fields[kind].map((field) => field.name);
}

/** The groups of which no field has a column; none where the mapping suffices. */
export function missingFields(kind: ImportKind, mapped: ReadonlySet<string>): (readonly string[])[] {
  return required[kind].filter((group) => !group.some((name) => mapped.has(name)));
}

/** A heading as it is compared: 'N° de facture' is 'ndefacture'. */
export function plainHeading(heading: string): string {
  return heading
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

const known: Record<ImportKind, ReadonlySet<string>> = {
  invoices: headingsOf('invoices'),
  customers: headingsOf('customers'),
  payments: headingsOf('payments'),
};

function headingsOf(kind: ImportKind): Set<string> {
  return new Set(fields[kind].flatMap((field) => field.headings.split(' ')));
}

/** Whether the heading is one by which a field of that kind is known, or that field's own name. */
export function isKnownHeading(kind: ImportKind, heading: string): boolean {
  const plain = plainHeading(heading);
  return known[kind].has(plain) || fields[kind].some((field) => plainHeading(field.name) === plain);
}

/** The columns recognised by their headings: field to the column's place. A column serves one field. */
export function recognise(
  kind: ImportKind,
  headings: readonly string[],
  taken: ReadonlySet<number>,
): Map<string, number> {
  const plain = headings.map(plainHeading);
  const used = new Set(taken);
  const found = new Map<string, number>();
  const free = (wanted: string) => plain.findIndex((heading, index) => heading === wanted && !used.has(index));
  for (const field of fields[kind]) {
    for (const wanted of [plainHeading(field.name), ...field.headings.split(' ')]) {
      const index = free(wanted);
      if (index === -1) continue;
      found.set(field.name, index);
      used.add(index);
      break;
    }
  }
  return found;
}

/** The place of the column that a mapping names, by heading (exactly, else as compared) or as '#4'; -1 where there is none. */
export function columnNamed(headings: readonly string[], name: string): number {
  const exact = headings.indexOf(name);
  if (exact !== -1) return exact;
  const numbered = /^#(\d+)$/.exec(name.trim());
  if (numbered !== null) return Number(numbered[1]) <= headings.length ? Number(numbered[1]) - 1 : -1;
  const plain = plainHeading(name);
  return plain === '' ? -1 : headings.findIndex((heading) => plainHeading(heading) === plain);
}
