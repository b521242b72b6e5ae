// The messages of a customer or of an invoice, in lines: the day, the level, to whom; each opens as it left.
import type { ReminderRow } from '../../src/contract/reminder.ts';
import { useInside } from '../inside.tsx';
import { queryOf, useList } from '../queries.ts';
import { useFormat } from '../ui/format.ts';
import { LevelTag } from '../ui/level.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Loaded, Section } from '../ui/section.tsx';
import { wordsOf } from '../words/words.tsx';

const fr = { title: 'Messages', empty: 'Aucun message pour l’instant.' };
const en: typeof fr = { title: 'Messages', empty: 'No message yet.' };
const useMessageLinesWords = wordsOf({ fr, en });

export function MessageLines(of: { invoiceId: string } | { customerId: string }) {
  const { company, openMessage } = useInside();
  const words = useMessageLinesWords();
  const format = useFormat(company.today);
  const list = useList<ReminderRow>(company.id, 'reminders', queryOf(of), 20);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  return (
    <Section title={words.title}>
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.empty}</p>
          ) : (
            <ul className="lines">
              {shown.map((row, index) => (
                <li key={row.id}>
                  <button
                    type="button"
                    className="link"
                    onClick={() =>
                      openMessage(
                        shown.map((one) => one.id),
                        index,
                      )
                    }
                  >
                    {format.day(row.leftOn ?? row.sendOn)}
                  </button>
                  <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} />
                  <span className="quiet">{row.to.join(', ')}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <MoreButton query={list} />
    </Section>
  );
}
