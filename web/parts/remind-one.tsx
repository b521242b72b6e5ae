// "Relancer" one invoice: the level is proposed, the message is read as it will leave and changed if need be, then sent in one act;
// a follow-up is offered right after.
import {
  Button,
  Checkbox,
  FileButton,
  Group,
  NativeSelect,
  Stack,
  Tabs,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Invoice } from '../../src/contract/invoice.ts';
import type { AddedFile, ReminderDraft } from '../../src/contract/reminder.ts';
import { call, sendFile } from '../api.ts';
import { useInside } from '../inside.tsx';
import { at, useChange, useThing } from '../queries.ts';
import { addressesIn, useWrongAddress } from '../ui/addresses.ts';
import { Failure } from '../ui/failure.tsx';
import { FormFoot } from '../ui/form-foot.tsx';
import { useFormat } from '../ui/format.ts';
import { useReason } from '../ui/reason.tsx';
import { Loaded } from '../ui/section.tsx';
import { useTell } from '../ui/tell.ts';
import { useWords, wordsOf } from '../words/words.tsx';
import { CompanyFilesField, useCompanyFiles } from './company-files.tsx';
import { DraftFrame } from './draft-frame.tsx';
import { TaskForm } from './task-dialog.tsx';
import { undoSeconds, useApproving } from './use-approving.tsx';
import { useLevels } from './use-steps.ts';

const fr = {
  level: 'Niveau',
  proposed: (level: string) => `${level} (proposé)`,
  due: (amount: string) => `Reste dû : ${amount}`,
  to: 'À',
  toNone: 'Une adresse au moins.',
  cc: 'Copie',
  subject: 'Objet',
  preview: 'Tel qu’il partira',
  edit: 'Modifier le texte',
  editHint: 'Les champs entre accolades sont remplis à l’envoi : montants et dates restent ceux de ce jour-là.',
  body: 'Message',
  files: 'Pièces jointes',
  companyFiles: 'Fichiers de l’entreprise',
  addFile: 'Ajouter un fichier…',
  fileHint: 'PDF, image ou document, 10 Mo au plus. Il part avec ce message seulement.',
  removeFile: (name: string) => `Retirer ${name}`,
  kilobytes: (count: number) => `${count.toLocaleString('fr-FR')} ko`,
  tooLarge: (name: string) => `${name} dépasse 10 Mo.`,
  submit: 'Envoyer',
  sent: (seconds: number) => `Le message part dans ${seconds} secondes.`,
  refused: 'Cette facture ne peut pas être relancée à ce niveau :',
  followUp: 'Et ensuite ?',
  followUpHint: 'Une tâche vous le rappellera le jour venu.',
  task: (customer: string, number: string) => `Rappeler ${customer} au sujet de ${number}`,
  addTask: 'Créer la tâche',
  noTask: 'Pas de suite',
};
const en: typeof fr = {
  level: 'Level',
  proposed: (level) => `${level} (proposed)`,
  due: (amount) => `Amount due: ${amount}`,
  to: 'To',
  toNone: 'One address at least.',
  cc: 'Copy',
  subject: 'Subject',
  preview: 'As it will leave',
  edit: 'Edit the text',
  editHint: 'Fields in braces are filled in when it leaves: amounts and dates are those of that day.',
  body: 'Message',
  files: 'Attachments',
  companyFiles: 'Files of the company',
  addFile: 'Add a file…',
  fileHint: 'A PDF, an image or a document, 10 MB at most. It goes with this message only.',
  removeFile: (name) => `Remove ${name}`,
  kilobytes: (count) => `${count.toLocaleString('en-GB')} KB`,
  tooLarge: (name) => `${name} is larger than 10 MB.`,
  submit: 'Send',
  sent: (seconds) => `The message leaves in ${seconds} seconds.`,
  refused: 'This invoice can’t be reminded of at this level:',
  followUp: 'What next?',
  followUpHint: 'A task reminds you of it when the day comes.',
  task: (customer, number) => `Call ${customer} about ${number}`,
  addTask: 'Create the task',
  noTask: 'No follow-up',
};
const useRemindOneWords = wordsOf({ fr, en });

const mostBytes = 10 * 1024 * 1024;

interface Changes {
  level?: number;
  text?: { subject: string; body: string };
  recipients?: { to: string[]; cc: string[] };
  attachesInvoice?: boolean;
  companyFileIds?: string[];
  fileIds?: string[];
}

const useDraft = (companyId: string, invoiceId: string, changes: Changes, enabled = true) =>
  useQuery({
    queryKey: ['company', companyId, 'reminder-draft', invoiceId, changes],
    queryFn: () => call<ReminderDraft>('POST', at(companyId, `/invoices/${invoiceId}/reminder-draft`), changes),
    placeholderData: keepPreviousData,
    enabled,
  });

export function RemindOne({ invoiceId, onClose }: { invoiceId: string; onClose: () => void }) {
  const { company } = useInside();
  const words = useRemindOneWords();
  const invoice = useThing<Invoice>(company.id, `invoices/${invoiceId}`);
  const [level, setLevel] = useState<number | null>(null);
  const [sent, setSent] = useState(false);
  const draft = useDraft(company.id, invoiceId, level === null ? {} : { level }, !sent);
  if (sent && invoice.data !== undefined) {
    const { customerId, customerName, number } = invoice.data;
    return (
      <Stack gap="sm">
        <Text fw={650}>{words.followUp}</Text>
        <Text size="sm">{words.followUpHint}</Text>
        <TaskForm
          about={{ customerId, invoiceId }}
          text={words.task(customerName, number)}
          submit={words.addTask}
          leave={words.noTask}
          onClose={onClose}
          onSaved={onClose}
        />
      </Stack>
    );
  }
  return (
    <Loaded query={draft} data={draft.data}>
      {({ message, proposedLevel, refused }) => {
        const chosen = level ?? message?.level ?? proposedLevel;
        return (
          <Stack gap="sm">
            <Level chosen={chosen} proposed={proposedLevel} onChoose={setLevel} />
            {message === null ? (
              <Refused reason={refused} onClose={onClose} />
            ) : (
              <Compose
                key={message.level}
                invoiceId={invoiceId}
                message={message}
                onClose={onClose}
                onSent={() => setSent(true)}
              />
            )}
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface LevelProps {
  chosen: number | null;
  proposed: number | null;
  onChoose: (level: number) => void;
}

function Level({ chosen, proposed, onChoose }: LevelProps) {
  const words = useRemindOneWords();
  const levels = useLevels();
  return (
    <NativeSelect
      label={words.level}
      value={chosen === null ? '' : String(chosen)}
      data-autofocus
      onChange={(event) => onChoose(Number(event.currentTarget.value))}
      data={levels.map(({ value, label }) => ({
        value,
        label: value === String(proposed) ? words.proposed(label) : label,
      }))}
    />
  );
}

function Refused({ reason, onClose }: { reason: ReminderDraft['refused']; onClose: () => void }) {
  const { company } = useInside();
  const { close } = useWords();
  const words = useRemindOneWords();
  const inWords = useReason(company.today);
  return (
    <>
      <Text size="sm" role="status">
        {words.refused} <strong>{inWords(reason)}</strong>
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {close}
        </Button>
      </Group>
    </>
  );
}

interface ComposeProps {
  invoiceId: string;
  message: NonNullable<ReminderDraft['message']>;
  onClose: () => void;
  onSent: () => void;
}

function Compose({ invoiceId, message, onClose, onSent }: ComposeProps) {
  const { company } = useInside();
  const words = useRemindOneWords();
  const format = useFormat(company.today);
  const { tellApproved } = useApproving();
  const [to, setTo] = useState(message.to.join(', '));
  const [cc, setCc] = useState(message.cc.join(', '));
  const [text, setText] = useState(message.text);
  const [withInvoice, setWithInvoice] = useState(message.attachesInvoice);
  const [companyFileIds, setCompanyFileIds] = useState(message.companyFileIds);
  const [files, setFiles] = useState<AddedFile[]>([]);
  const recipients = { to: addressesIn(to), cc: addressesIn(cc) };
  const wrongAddress = useWrongAddress();
  const wrongTo = recipients.to.length === 0 ? words.toNone : wrongAddress(recipients.to);
  const wrongCc = wrongAddress(recipients.cc);
  const isSendable = wrongTo === null && wrongCc === null;
  const sameText = text.subject === message.text.subject && text.body === message.text.body;
  const samePeople = recipients.to.join() === message.to.join() && recipients.cc.join() === message.cc.join();
  const changes: Changes = {
    level: message.level,
    ...(sameText ? {} : { text }),
    // What is no address is said beside it, and nothing can be sent; meanwhile the message is shown to those of the contacts.
    ...(samePeople || !isSendable ? {} : { recipients }),
    ...(withInvoice === message.attachesInvoice ? {} : { attachesInvoice: withInvoice }),
    ...(companyFileIds.join() === message.companyFileIds.join() ? {} : { companyFileIds }),
    ...(files.length === 0 ? {} : { fileIds: files.map((file) => file.fileId) }),
  };
  const send = useChange(company.id, () =>
    call<{ reminderId: string }>('POST', at(company.id, `/invoices/${invoiceId}/reminder`), {
      ...changes,
      undoSeconds,
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Not to those of the contacts instead of those that were meant.
    if (!isSendable) return;
    send.mutate(undefined, {
      onSuccess: ({ reminderId }) => {
        tellApproved([reminderId], words.sent(undoSeconds));
        onSent();
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{words.due(format.amount(message.askedMinor, message.currency))}</Text>
        <Group grow align="flex-start">
          <TextInput
            label={words.to}
            value={to}
            required
            error={wrongTo}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <TextInput
            label={words.cc}
            value={cc}
            error={wrongCc}
            onChange={(event) => setCc(event.currentTarget.value)}
          />
        </Group>
        <TextInput
          label={words.subject}
          value={text.subject}
          required
          maxLength={300}
          onChange={(event) => setText({ ...text, subject: event.currentTarget.value })}
        />
        <Tabs defaultValue="preview" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="preview">{words.preview}</Tabs.Tab>
            <Tabs.Tab value="edit">{words.edit}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="preview" pt="sm">
            <Preview invoiceId={invoiceId} changes={changes} />
          </Tabs.Panel>
          <Tabs.Panel value="edit" pt="sm">
            <Textarea
              label={words.body}
              description={words.editHint}
              value={text.body}
              required
              rows={14}
              onChange={(event) => setText({ ...text, body: event.currentTarget.value })}
            />
          </Tabs.Panel>
        </Tabs>
        <Files
          invoiceId={invoiceId}
          invoiceFiles={message.invoiceFiles}
          withInvoice={withInvoice}
          onWithInvoice={setWithInvoice}
          companyFileIds={companyFileIds}
          onCompanyFileIds={setCompanyFileIds}
          files={files}
          onFiles={setFiles}
        />
        <FormFoot change={send} submit={words.submit} onClose={onClose} />
      </Stack>
    </form>
  );
}

/** As it will leave, with its changes: what is wrong with them is said here, and what was typed stays. */
function Preview({ invoiceId, changes }: { invoiceId: string; changes: Changes }) {
  const { company } = useInside();
  const { messages } = useWords();
  // Not at each key: when the hand rests.
  const [settled] = useDebouncedValue(JSON.stringify(changes), 300);
  const draft = useDraft(company.id, invoiceId, JSON.parse(settled) as Changes);
  if (draft.isError) return <Failure error={draft.error} />;
  return (
    <Stack gap="xs">
      <Text size="sm">
        <span className="quiet">{messages.subject}</span> <strong>{draft.data?.message?.read.subject ?? '…'}</strong>
      </Text>
      <DraftFrame
        action={at(company.id, `/invoices/${invoiceId}/reminder-draft.html`)}
        draft={settled}
        title={messages.frameTitle}
      />
    </Stack>
  );
}

interface FilesProps {
  invoiceId: string;
  invoiceFiles: string[];
  withInvoice: boolean;
  onWithInvoice: (attached: boolean) => void;
  companyFileIds: string[];
  onCompanyFileIds: (fileIds: string[]) => void;
  files: AddedFile[];
  onFiles: (files: AddedFile[]) => void;
}

function Files({
  invoiceId,
  invoiceFiles,
  withInvoice,
  onWithInvoice,
  companyFileIds,
  onCompanyFileIds,
  files,
  onFiles,
}: FilesProps) {
  const { company } = useInside();
  const words = useRemindOneWords();
  const tell = useTell();
  const companyFiles = useCompanyFiles(company.id);
  // Not had, the field says so, and stays while they are asked for again.
  const { data: known, errorUpdateCount } = companyFiles;
  const offersCompanyFiles = known === undefined ? errorUpdateCount > 0 : known.rows.length > 0;
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const add = useChange(company.id, (file: File) =>
    sendFile<AddedFile>('POST', at(company.id, `/invoices/${invoiceId}/reminder-files`), file),
  );
  const take = (file: File | null) => {
    if (file === null) return;
    setTooLarge(file.size > mostBytes ? file.name : null);
    if (file.size <= mostBytes)
      add.mutate(file, { onSuccess: (added) => onFiles([...files, added]), onError: tell.failed });
  };
  return (
    <fieldset className="files">
      <legend>{words.files}</legend>
      {invoiceFiles.map((name) => (
        <Checkbox
          key={name}
          size="sm"
          label={name}
          checked={withInvoice}
          onChange={(event) => onWithInvoice(event.currentTarget.checked)}
        />
      ))}
      {offersCompanyFiles ? (
        <CompanyFilesField
          label={words.companyFiles}
          mayAdd={false}
          chosen={companyFileIds}
          onChange={onCompanyFileIds}
        />
      ) : null}
      {files.length === 0 ? null : (
        <ul className="lines">
          {files.map((file) => (
            <li key={file.fileId}>
              <span>{file.name}</span>
              <span className="quiet">{words.kilobytes(Math.max(1, Math.round(file.size / 1024)))}</span>
              <span className="line-amount">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={words.removeFile(file.name)}
                  onClick={() => onFiles(files.filter((one) => one !== file))}
                >
                  ×
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Group gap="sm" mt={6}>
        <FileButton onChange={take}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              loading={add.isPending}
              disabled={files.length >= 10}
            >
              {words.addFile}
            </Button>
          )}
        </FileButton>
        <span className="quiet">{words.fileHint}</span>
      </Group>
      {tooLarge === null ? null : (
        <p className="wrong" role="alert">
          {words.tooLarge(tooLarge)}
        </p>
      )}
    </fieldset>
  );
}
