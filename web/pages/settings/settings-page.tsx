// "Réglages": one part at a time, each with an address of its own.
import { Link, useSearch } from '@tanstack/react-router';
import { type ComponentType, useEffect, useRef } from 'react';
import { useInside } from '../../inside.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { useWords } from '../../words/words.tsx';
import { AbsencesPart } from './absences-part.tsx';
import { BackupPart } from './backup-part.tsx';
import { CalendarPart } from './calendar-part.tsx';
import { ChargesPart } from './charges-part.tsx';
import { CompanyPart } from './company-part.tsx';
import { FilesPart } from './files-part.tsx';
import { KeysPart } from './keys-part.tsx';
import { LetterheadPart } from './letterhead-part.tsx';
import { LivePart } from './live-part.tsx';
import { MailPart } from './mail-part.tsx';
import { MembersPart } from './members-part.tsx';
import { PasswordPart } from './password-part.tsx';
import { SenderPart } from './sender-part.tsx';
import './settings.css';
import { useSettingsWords } from './words.ts';

const parts = {
  company: CompanyPart,
  letterhead: LetterheadPart,
  sender: SenderPart,
  files: FilesPart,
  calendar: CalendarPart,
  charges: ChargesPart,
  mail: MailPart,
  live: LivePart,
  members: MembersPart,
  absences: AbsencesPart,
  keys: KeysPart,
  password: PasswordPart,
  backup: BackupPart,
} as const satisfies Record<string, ComponentType>;
type Part = keyof typeof parts;
const names = Object.keys(parts) as Part[];

export function SettingsPage() {
  const { company, mayManage } = useInside();
  const { screens } = useWords();
  const words = useSettingsWords();
  const { part = 'company' } = useSearch({ from: '/settings' });
  const shown = names.find((name) => name === part) ?? 'company';
  const Shown = parts[shown];
  const list = useRef<HTMLUListElement>(null);
  // On a phone the parts are a line that scrolls: the one that is open is in sight.
  useEffect(() => {
    const open = list.current?.querySelector<HTMLElement>(`[data-part="${shown}"]`);
    if (open) list.current!.scrollLeft = open.offsetLeft - list.current!.offsetLeft - 16;
  }, [shown]);
  return (
    <Page title={screens.settings}>
      <div className="settings">
        <nav aria-label={screens.settings}>
          <ul className="settings-parts" ref={list}>
            {names.map((name) => (
              <li key={name} data-part={name}>
                <Link
                  to="/settings"
                  search={{ part: name }}
                  aria-current={name === shown ? 'page' : undefined}
                  className="settings-link"
                >
                  {words.parts[name]}
                </Link>
              </li>
            ))}
            {mayManage ? (
              <li>
                <Link to="/history" className="settings-link">
                  {words.history}
                </Link>
              </li>
            ) : null}
          </ul>
        </nav>
        <Section title={words.parts[shown]}>
          <Shown key={company.id} />
        </Section>
      </div>
    </Page>
  );
}
