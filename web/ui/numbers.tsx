// Numbers of invoices in a cell.
import { Fragment } from 'react';

/** The first three, and how many more. */
export function Numbers({ numbers }: { numbers: readonly string[] }) {
  const more = numbers.length - 3;
  return (
    <span title={more > 0 ? numbers.join(', ') : undefined}>
      {numbers.slice(0, 3).map((number, index) => (
        <Fragment key={number}>
          {index > 0 ? ', ' : ''}
          <span className="together">{number}</span>
        </Fragment>
      ))}
      {more > 0 ? ` +${more}` : ''}
    </span>
  );
}
