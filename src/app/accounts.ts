// What use cases ask of the accounts: making a user, taking one back, another password. Passwords and sessions are the business of http/auth.ts.
import type { Result } from '../core/fault.ts';

export interface Accounts {
  /** Faults: 'user-exists'. */
  createUser(user: { name: string; email: string; password: string }): Promise<Result<{ userId: string }>>;
  removeUser(userId: string): Promise<void>;
  /** Gives the user this password and ends every session of theirs. */
  setPassword(userId: string, password: string): Promise<void>;
}
