// The words for what the DNS says of the sender's domain: what is so, and what to do.
import type { SenderDomain } from '../../../src/contract/company.ts';
import { wordsOf } from '../../words/words.tsx';

type Finding = SenderDomain['findings'][number];
type Sentences = Record<Finding['code'], (told: Record<string, string | number>) => string>;

const fr = {
  title: 'Ce que le DNS dit de votre domaine',
  hint: (domain: string) =>
    `Les messageries de vos clients regardent ces enregistrements de ${domain} avant d’accepter un message ou de le ranger dans les indésirables.`,
  needsSender: 'Indiquez d’abord l’adresse de l’expéditeur.',
  selector: 'Sélecteur DKIM',
  selectorHint:
    'Votre messagerie l’indique là où elle donne la clé à publier : « google » ou « selector1 », par exemple.',
  ask: 'Interroger le DNS',
  results: 'Réponses du DNS',
  topics: {
    spf: 'SPF : les serveurs qui peuvent envoyer pour vous',
    dkim: 'DKIM : la signature de vos messages',
    dmarc: 'DMARC : le sort des messages non authentifiés',
    mx: 'MX : là où arrivent les réponses',
  },
  levels: {
    fine: 'En ordre',
    advised: 'Conseillé',
    'to-check': 'À vérifier',
    wrong: 'À corriger',
    'no-answer': 'Sans réponse',
  },
  publish: (name: string) => `À publier chez l’hébergeur du domaine, en TXT, au nom ${name} :`,
  instead: (name: string) => `À publier chez l’hébergeur du domaine, en TXT, au nom ${name}, à la place de l’actuel :`,
  record: (topic: string) => `Enregistrement ${topic}`,
  said: {
    'no-answer': ({ name }) => `Le DNS n’a pas répondu pour ${name}. Recommencez dans quelques minutes.`,
    'mx-found': ({ hosts }) => `Les réponses arrivent à ${hosts}.`,
    'mx-none': ({ domain }) =>
      `${domain} n’a pas d’enregistrement MX. Les réponses de vos clients et les avis de non-remise n’y arrivent sans doute pas : demandez à votre hébergeur d’en publier un.`,
    'mx-refuses': ({ domain }) =>
      `${domain} déclare ne recevoir aucun courrier : réponses et avis de non-remise sont perdus. Prenez une adresse d’expéditeur qui en reçoit.`,
    'spf-none': ({ domain }) =>
      `${domain} n’a pas d’enregistrement SPF : bien des messageries rangeront vos relances dans les indésirables. Votre hébergeur d’e-mails donne la valeur à publier.`,
    'spf-several': ({ count }) =>
      `Il y a ${count} enregistrements SPF : plus d’un, et aucun ne compte. Remplacez-les par un seul.`,
    'spf-broken': ({ term }) =>
      `L’enregistrement SPF contient « ${term} », qui n’existe pas : il est ignoré en entier. Corrigez ou retirez ce terme.`,
    'spf-include-broken': ({ domain }) =>
      `L’enregistrement SPF renvoie à ${domain}, qui n’en a pas de lisible : il est ignoré en entier. Corrigez ou retirez ce renvoi.`,
    'spf-too-many': () =>
      'L’enregistrement SPF demande plus de dix recherches : au-delà, il est ignoré en entier. Retirez les services dont vous ne vous servez plus.',
    'spf-everyone': () =>
      'L’enregistrement SPF se termine par « +all » : n’importe qui peut écrire en votre nom. Terminez-le par « ~all ».',
    'spf-allows': ({ host, by }) => `${host} peut envoyer pour votre domaine (${by}).`,
    'spf-lacks': ({ host, include }) =>
      `${host} ne peut pas envoyer pour votre domaine : « include:${include} » manque.`,
    'spf-unknown-host': ({ host }) =>
      `L’enregistrement SPF existe, mais on ne voit pas d’ici s’il autorise ${host}. Demandez à votre hébergeur d’e-mails par quelles adresses il envoie, et vérifiez qu’elles y sont.`,
    'spf-no-server': () =>
      'L’enregistrement SPF existe. Réglez le serveur d’envoi, puis revenez voir s’il y est autorisé.',
    'spf-no-end': () => 'L’enregistrement SPF ne dit rien des autres serveurs. Terminez-le par « ~all ».',
    'dkim-not-asked': () =>
      'Le DNS ne dit pas quels sélecteurs existent. Indiquez le vôtre ci-dessus, puis interrogez à nouveau.',
    'dkim-none': ({ name }) =>
      `Il n’y a pas de clé à ${name}. Vérifiez le sélecteur, ou activez DKIM chez votre hébergeur d’e-mails : il donne l’enregistrement à publier.`,
    'dkim-several': ({ name, count }) => `Il y a ${count} enregistrements à ${name} : il n’en faut qu’un.`,
    'dkim-broken': ({ name }) =>
      `L’enregistrement ${name} n’est pas une clé DKIM lisible. Copiez-le à nouveau, en entier, depuis votre hébergeur d’e-mails.`,
    'dkim-revoked': ({ name }) => `La clé ${name} est révoquée. Activez-en une autre chez votre hébergeur d’e-mails.`,
    'dkim-weak': ({ name }) =>
      `La clé ${name} compte moins de 1 024 bits : ses signatures sont ignorées. Demandez-en une de 2 048 bits.`,
    'dkim-testing': ({ name }) =>
      `La clé ${name} est en essai (« t=y ») : les messages sont traités comme s’ils n’étaient pas signés. Retirez cette mention.`,
    'dkim-found': ({ name }) =>
      `La clé ${name} est publiée. Vérifiez que votre hébergeur d’e-mails signe bien avec ce sélecteur.`,
    'dmarc-none': ({ domain }) =>
      `${domain} n’a pas de règle DMARC. Les grandes messageries en demandent une ; celle-ci observe sans rien refuser.`,
    'dmarc-several': ({ name, count }) => `Il y a ${count} règles DMARC à ${name} : plus d’une, et aucune ne compte.`,
    'dmarc-broken': ({ name }) =>
      `La règle DMARC de ${name} ne dit ni « p=none », ni « p=quarantine », ni « p=reject » : elle ne compte pas.`,
    'dmarc-observes': ({ name }) => `La règle de ${name} observe sans rien refuser.`,
    'dmarc-quarantines': ({ name }) =>
      `La règle de ${name} range dans les indésirables ce qui ne passe ni SPF ni DKIM : l’un des deux doit être en ordre.`,
    'dmarc-rejects': ({ name }) =>
      `La règle de ${name} fait refuser ce qui ne passe ni SPF ni DKIM : l’un des deux doit être en ordre.`,
  } as Sentences,
};
const en: typeof fr = {
  title: 'What the DNS says of your domain',
  hint: (domain) =>
    `Your customers’ mail providers look at these records of ${domain} before they accept a message or put it among the junk.`,
  needsSender: 'Give the address of the sender first.',
  selector: 'DKIM selector',
  selectorHint: 'Your mail provider says it where it gives the key to publish: "google" or "selector1", for example.',
  ask: 'Ask the DNS',
  results: 'Answers of the DNS',
  topics: {
    spf: 'SPF: the servers that may send for you',
    dkim: 'DKIM: the signature of your messages',
    dmarc: 'DMARC: what becomes of messages that are neither',
    mx: 'MX: where answers go',
  },
  levels: {
    fine: 'In order',
    advised: 'Advised',
    'to-check': 'To check',
    wrong: 'To put right',
    'no-answer': 'No answer',
  },
  publish: (name) => `To publish where your domain is hosted, as TXT, under the name ${name}:`,
  instead: (name) =>
    `To publish where your domain is hosted, as TXT, under the name ${name}, instead of what is there:`,
  record: (topic) => `${topic} record`,
  said: {
    'no-answer': ({ name }) => `The DNS did not answer for ${name}. Try again in a few minutes.`,
    'mx-found': ({ hosts }) => `Answers go to ${hosts}.`,
    'mx-none': ({ domain }) =>
      `${domain} has no MX record. Your customers’ answers and failure notices probably go nowhere: ask your host to publish one.`,
    'mx-refuses': ({ domain }) =>
      `${domain} says that it takes no mail: answers and failure notices are lost. Take a sender’s address that receives mail.`,
    'spf-none': ({ domain }) =>
      `${domain} has no SPF record: many mail providers will put your reminders among the junk. Your mail host gives the value to publish.`,
    'spf-several': ({ count }) =>
      `There are ${count} SPF records: with more than one, none counts. Put one in their place.`,
    'spf-broken': ({ term }) =>
      `The SPF record holds "${term}", which does not exist: all of it is ignored. Correct that term or take it out.`,
    'spf-include-broken': ({ domain }) =>
      `The SPF record leads to ${domain}, which has none that can be read: all of it is ignored. Correct that term or take it out.`,
    'spf-too-many': () =>
      'The SPF record asks for more than ten look-ups: beyond that all of it is ignored. Take out the services that you do not use any more.',
    'spf-everyone': () => 'The SPF record ends with "+all": anyone may write in your name. End it with "~all".',
    'spf-allows': ({ host, by }) => `${host} may send for your domain (${by}).`,
    'spf-lacks': ({ host, include }) => `${host} may not send for your domain: "include:${include}" is missing.`,
    'spf-unknown-host': ({ host }) =>
      `There is an SPF record, but it can’t be seen from here whether it allows ${host}. Ask your mail host from which addresses it sends, and check that they are in it.`,
    'spf-no-server': () =>
      'There is an SPF record. Set up the mail server, then come back to see whether it is allowed.',
    'spf-no-end': () => 'The SPF record says nothing of other servers. End it with "~all".',
    'dkim-not-asked': () => 'The DNS does not tell which selectors there are. Give yours above, then ask again.',
    'dkim-none': ({ name }) =>
      `There is no key at ${name}. Check the selector, or turn DKIM on at your mail host, which gives the record to publish.`,
    'dkim-several': ({ name, count }) => `There are ${count} records at ${name}: there must be one.`,
    'dkim-broken': ({ name }) =>
      `The record ${name} is no DKIM key that can be read. Copy it again, all of it, from your mail host.`,
    'dkim-revoked': ({ name }) => `The key ${name} is revoked. Turn another one on at your mail host.`,
    'dkim-weak': ({ name }) =>
      `The key ${name} has less than 1,024 bits: its signatures are ignored. Ask for one of 2,048 bits.`,
    'dkim-testing': ({ name }) =>
      `The key ${name} is on trial ("t=y"): messages are treated as if they were not signed. Take that out.`,
    'dkim-found': ({ name }) =>
      `The key ${name} is published. Check that your mail host really signs with this selector.`,
    'dmarc-none': ({ domain }) =>
      `${domain} has no DMARC policy. The great mail providers ask for one; this one watches and refuses nothing.`,
    'dmarc-several': ({ name, count }) =>
      `There are ${count} DMARC policies at ${name}: with more than one, none counts.`,
    'dmarc-broken': ({ name }) =>
      `The DMARC policy of ${name} says neither "p=none" nor "p=quarantine" nor "p=reject": it does not count.`,
    'dmarc-observes': ({ name }) => `The policy of ${name} watches and refuses nothing.`,
    'dmarc-quarantines': ({ name }) =>
      `The policy of ${name} puts among the junk what passes neither SPF nor DKIM: one of the two must be in order.`,
    'dmarc-rejects': ({ name }) =>
      `The policy of ${name} has refused what passes neither SPF nor DKIM: one of the two must be in order.`,
  },
};

export const useDnsWords = wordsOf({ fr, en });
