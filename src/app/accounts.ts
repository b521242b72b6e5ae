// What use cases ask of the accounts: making a user and taking one back. Passwords and sessions are the business of http/auth.ts.
import type { Result } from '../core/fault.ts';

export interface Accounts {
  /** Faults: 'user-exists'. */
  createUser(user: { name: string; email: string; password: string }): Promise<Result<{ userId: string }>>;
  removeUser(userId: string): Promise<void>;
}
