// The invoice's PDF: opened, attached, replaced.
import { Anchor, Button, FileButton, Group } from '@mantine/core';
import type { Invoice } from '../../../src/contract/invoice.ts';
import { sendFile } from '../../api.ts';
import { useInside } from '../../inside.tsx';
import { at, useChange } from '../../queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Section } from '../../ui/section.tsx';
import { useTell } from '../../ui/tell.ts';
import { useInvoiceWords } from './words.ts';

export function InvoicePdf({ invoice }: { invoice: Invoice }) {
  const { company, mayAct } = useInside();
  const words = useInvoiceWords();
  const tell = useTell();
  const address = at(company.id, `/invoices/${invoice.id}/pdf`);
  const attach = useChange(company.id, (file: File) => sendFile('PUT', address, file));
  const send = (file: File | null) => {
    if (file !== null) attach.mutate(file, { onSuccess: () => tell.done(words.pdfAdded) });
  };
  return (
    <Section title={words.pdf} hint={words.pdfHint}>
      <Group gap="sm">
        {invoice.hasPdf ? (
          <Anchor href={address} target="_blank" underline="always">
            {words.openPdf}
          </Anchor>
        ) : null}
        {mayAct ? (
          <FileButton onChange={send} accept="application/pdf">
            {(props) => (
              <Button {...props} size="xs" variant="default" loading={attach.isPending}>
                {invoice.hasPdf ? words.replacePdf : words.addPdf}
              </Button>
            )}
          </FileButton>
        ) : null}
      </Group>
      {attach.isError ? <Failure error={attach.error} /> : null}
    </Section>
  );
}
