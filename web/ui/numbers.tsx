// Numbers of invoices in a cell.

/** The first three, and how many more. */
export function Numbers({ numbers }: { numbers: readonly string[] }) {
  const more = numbers.length - 3;
  return (
    <span title={more > 0 ? numbers.join(', ') : undefined}>
      {numbers.slice(0, 3).join(', ')}
      {more > 0 ? ` +${more}` : ''}
    </span>
  );
}
