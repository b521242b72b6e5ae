// The interface of questions to the DNS: nothing there, nobody answered, and what was found are three different answers.
import type { Answer, Mx } from '../core/sender-domain.ts';

export interface DomainNames {
  /** Each record's pieces joined (RFC 7208 §3.3). */
  txt(name: string): Promise<Answer<string>>;
  mx(name: string): Promise<Answer<Mx>>;
}
