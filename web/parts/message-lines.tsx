// The messages of a customer or of an invoice, in lines: the day, the level, to whom; each opens as it left.
import type { ReminderRow } from '../../src/contract/reminder.ts';
import { stateShown } from '../../src/words/values.ts';
import { useInside } from '../inside.tsx';
import { queryOf, useList } from '../queries.ts';
import { useFormat } from '../ui/format.ts';
import { LevelTag } from '../ui/level.tsx';
import { MoreButton } from '../ui/more-button.tsx';
import { Loaded, Section } from '../ui/section.tsx';
import { Tag } from '../ui/tag.tsx';
import { useWords, wordsOf } from '../words/words.tsx';
import { TaskTold } from './message-rows.tsx';

const fr = { title: 'Messages', empty: 'Aucun message pour l’instant.' };
const en: typeof fr = { title: 'Messages', empty: 'No message yet.' };
const useMessageLinesWords = wordsOf({ fr, en });

export function MessageLines(of: { invoiceId: string } | { customerId: string }) {
  const { company, openMessage } = useInside();
  const words = useMessageLinesWords();
  const { messages: states } = useWords();
  const format = useFormat(company.today);
  const list = useList<ReminderRow>(company.id, 'reminders', queryOf(of), 20);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const open = ({ id }: ReminderRow) => {
    const ids = (rows ?? []).filter(({ channel }) => channel !== 'task').map((one) => one.id);
    openMessage(ids, ids.indexOf(id));
  };
  return (
    <Section title={words.title}>
      <Loaded query={list} data={rows}>
        {(shown) =>
          shown.length === 0 ? (
            <p className="quiet">{words.empty}</p>
          ) : (
            <ul className="lines">
              {shown.map((row) => (
                <li key={row.id}>
                  {row.channel === 'task' ? (
                    <span>{format.day(row.leftOn ?? row.sendOn)}</span>
                  ) : (
                    <button type="button" className="link" onClick={() => open(row)}>
                      {format.day(row.leftOn ?? row.sendOn)}
                    </button>
                  )}
                  <LevelTag level={row.level} name={row.stepName} formalNotice={row.formalNotice} kind={row.kind} />
                  {row.channel === 'task' ? (
                    <>
                      <TaskTold row={row} />
                      <span className="quiet">{states[stateShown(row)]}</span>
                    </>
                  ) : (
                    <>
                      <span className="quiet">{row.to.join(', ')}</span>
                      {row.state === 'undelivered' ? <Tag meaning="very-late">{states.undelivered}</Tag> : null}
                    </>
                  )}
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
