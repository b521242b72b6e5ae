// "Exporter": the list as a file, with the columns that are shown, in their order; all that the filters let through, or what was chosen.
import { Button, type ButtonProps, Menu } from '@mantine/core';
import { useState } from 'react';
import { fileFrom } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at } from '../queries.ts';
import type { ChosenColumns } from '../ui/columns.ts';
import { saveAs } from '../ui/save.ts';
import { useTell } from '../ui/tell.ts';
import { useListWords } from './list-words.ts';

interface ExportButtonProps<T, Code extends string> extends Pick<ButtonProps, 'size' | 'variant'> {
  /** As in the list's address: 'invoices'. */
  noun: string;
  columns: ChosenColumns<T, Code>;
  /** As the list is asked for. */
  filter: Record<string, string | undefined>;
  /** Only these of it; left out: all of it. */
  ids?: readonly string[] | undefined;
}

export function ExportButton<T, Code extends string>(props: ExportButtonProps<T, Code>) {
  const { noun, columns, filter, ids, size, variant = 'subtle' } = props;
  const { company } = useInside();
  const words = useListWords();
  const tell = useTell();
  const [isMaking, setIsMaking] = useState(false);
  const make = async (format: 'csv' | 'xlsx') => {
    setIsMaking(true);
    try {
      const wanted = { format, columns: codesOf(columns), ids, ...filter };
      const { name, blob } = await fileFrom(at(company.id, `/${noun}/file`), wanted);
      saveAs(name, blob);
    } catch (error) {
      tell.failed(error);
    } finally {
      setIsMaking(false);
    }
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant={variant} loading={isMaking} {...(size === undefined ? {} : { size })}>
            {words.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void make('csv')}>{words.csv}</Menu.Item>
          <Menu.Item onClick={() => void make('xlsx')}>{words.excel}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className="hidden" role="status">
        {isMaking ? words.making : ''}
      </span>
    </>
  );
}

/** A cell of the screen may tell two things, of which a file makes two columns. */
const codesOf = <T, Code extends string>({ shown }: ChosenColumns<T, Code>): Code[] => [
  ...new Set(shown.flatMap(({ code, tells = [] }) => [code, ...tells])),
];
