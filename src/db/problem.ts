/**
 * What can go wrong with the database itself (its folder, its server, its backups), told to the person who runs Relance.
 * Whoever catches one shows `message` as it is: it says what is wrong, where, and what to do. No stack is needed.
 */

/** Which kind of problem it is, for exit codes and tests; the words are in the message. */
type ProblemCode =
  | 'unsupported-platform'
  | 'no-server-user'
  | 'unreachable-folder'
  | 'unsafe-folder'
  | 'missing-data'
  | 'other-version'
  | 'cannot-start'
  | 'cannot-connect'
  | 'bad-url'
  | 'role-not-safe'
  | 'newer-database'
  | 'migration-failed'
  | 'bad-backup'
  | 'not-empty'
  | 'in-use';

export class DatabaseProblem extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseProblem';
    this.code = code;
  }
}
