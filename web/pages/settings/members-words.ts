// The words for who works in the company.
import { wordsOf } from '../../words/words.tsx';

const fr = {
  you: '(vous)',
  actionsTitle: 'Actions',
  actions: (name: string) => `Actions pour ${name}`,
  ownerHint: 'Tout, y compris le serveur d’envoi, les utilisateurs et la sauvegarde.',
  hadAccount: (email: string) =>
    `${email} avait déjà un compte sur cette installation : cette personne entre avec son mot de passe habituel.`,
  role: 'Changer le rôle…',
  roleTitle: (name: string) => `Rôle de ${name}`,
  roleSubmit: 'Changer le rôle',
  roleSelf: 'Vous changez votre propre rôle : seul un propriétaire pourra vous le rendre.',
  roleKeys: 'Ses clés d’API ne permettront pas plus que ce nouveau rôle.',
  roleDone: 'Rôle changé.',
  password: 'Donner un mot de passe provisoire…',
  passwordTitle: (name: string) => `Mot de passe provisoire pour ${name}`,
  passwordHint: 'Son mot de passe actuel ne marchera plus, et ses sessions ouvertes seront fermées.',
  passwordSubmit: 'Donner ce mot de passe',
  passwordDone: (name: string) => `${name} a un nouveau mot de passe. Donnez-le de vive voix.`,
  remove: 'Retirer de l’entreprise…',
  removeTitle: (name: string) => `Retirer ${name}`,
  removeHint: (name: string) =>
    `${name} n’aura plus accès à cette entreprise, tout de suite. Ce qui a été fait sous ce nom reste dans l’historique. Pour un retour, ajoutez de nouveau la même adresse.`,
  removeSelf: 'C’est vous : vous n’aurez plus accès à cette entreprise.',
  removeKeys: (count: number) =>
    count >= 2
      ? `${count} clés d’API créées par cette personne seront révoquées : les logiciels qui s’en servent seront refusés.`
      : 'Une clé d’API créée par cette personne sera révoquée : le logiciel qui s’en sert sera refusé.',
  removeSubmit: 'Retirer',
  removeDone: (name: string) => `${name} n’a plus accès à cette entreprise.`,
};
const en: typeof fr = {
  you: '(you)',
  actionsTitle: 'Actions',
  actions: (name) => `Actions for ${name}`,
  ownerHint: 'Everything, the mail server, users and backups included.',
  hadAccount: (email) =>
    `${email} had an account in this installation already: this person enters with their usual password.`,
  role: 'Change the role…',
  roleTitle: (name) => `Role of ${name}`,
  roleSubmit: 'Change the role',
  roleSelf: 'You are changing your own role: only an owner can give it back to you.',
  roleKeys: 'Their API keys will allow no more than this new role.',
  roleDone: 'Role changed.',
  password: 'Give a temporary password…',
  passwordTitle: (name) => `Temporary password for ${name}`,
  passwordHint: 'The present password will not work any more, and open sessions will be closed.',
  passwordSubmit: 'Give this password',
  passwordDone: (name) => `${name} has a new password. Tell it in person.`,
  remove: 'Let go from the company…',
  removeTitle: (name) => `Let ${name} go`,
  removeHint: (name) =>
    `${name} will have no access to this company, at once. What was done under this name stays in the history. For a return, add the same address again.`,
  removeSelf: 'This is you: you will have no access to this company any more.',
  removeKeys: (count) =>
    count === 1
      ? 'One API key that this person made will be revoked: the program that uses it will be refused.'
      : `${count} API keys that this person made will be revoked: the programs that use them will be refused.`,
  removeSubmit: 'Let go',
  removeDone: (name) => `${name} has no access to this company any more.`,
};

export const useMembersWords = wordsOf({ fr, en });
