// Who messages come from, where answers go, how to pay.
import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useInside } from '../../inside.tsx';
import { CompanyForm } from './settings-form.tsx';
import { useDraft } from './use-draft.ts';
import { useSettingsWords } from './words.ts';

export function SenderPart() {
  const { company } = useInside();
  const words = useSettingsWords();
  const { senderName, senderEmail, replyTo, copyToSender, paymentDetails } = company;
  const draft = useDraft({ senderName, senderEmail, replyTo, copyToSender, paymentDetails });
  const text = (name: 'senderName' | 'senderEmail' | 'replyTo' | 'paymentDetails') => ({
    value: draft.value[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => draft.set({ [name]: event.currentTarget.value || null }),
  });
  return (
    <CompanyForm draft={draft} changes={draft.changes}>
      <TextInput label={words.senderName} description={words.senderNameHint} {...text('senderName')} />
      <TextInput type="email" label={words.senderEmail} description={words.senderEmailHint} {...text('senderEmail')} />
      <TextInput type="email" label={words.replyTo} description={words.replyToHint} {...text('replyTo')} />
      <Checkbox
        label={words.copyToSender}
        checked={draft.value.copyToSender}
        onChange={(event) => draft.set({ copyToSender: event.currentTarget.checked })}
      />
      <Textarea
        label={words.paymentDetails}
        description={words.paymentDetailsHint}
        autosize
        minRows={3}
        {...text('paymentDetails')}
      />
    </CompanyForm>
  );
}
