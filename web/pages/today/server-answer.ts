// What a mail server's refusal means to somebody who is not its administrator.

export type ServerAnswer = 'unknown' | 'full' | 'blocked' | 'tooLarge' | 'signIn' | 'sender' | 'other';

/** By the enhanced status code where there is one (RFC 3463 §3), else by the reply code (RFC 5321 §4.2.3). */
export function meaningOfAnswer(answer: string): ServerAnswer {
  const [, subject, detail] = /\b[45]\.(\d{1,3})\.(\d{1,3})\b/.exec(answer) ?? [];
  if (subject !== undefined) {
    const code = `${Number(subject)}.${Number(detail)}`;
    if (['1.7', '1.8'].includes(code)) return 'sender';
    if (['2.3', '3.4'].includes(code)) return 'tooLarge';
    if (code === '7.8') return 'signIn';
    if (['1.1', '1.2', '1.3', '1.6', '1.10', '2.1'].includes(code)) return 'unknown';
    if (code === '2.2') return 'full';
    if (subject === '7') return 'blocked';
  }
  const reply = /^\s*(\d{3})\b/.exec(answer)?.[1];
  if (reply === '530' || reply === '534' || reply === '535') return 'signIn';
  if (reply === '550' || reply === '551') return 'unknown';
  if (reply === '552') return 'full';
  if (reply === '553') return 'sender';
  return reply === '554' ? 'blocked' : 'other';
}
