// A text to take along: in a field that can be read and chosen, with a button that copies it.
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { wordsOf } from '../words/words.tsx';

const fr = { copy: 'Copier', copied: 'Copié.', byHand: 'Le texte est sélectionné : copiez-le avec Ctrl + C.' };
const en: typeof fr = { copy: 'Copy', copied: 'Copied.', byHand: 'The text is selected: copy it with Ctrl + C.' };
const useCopyWords = wordsOf({ fr, en });

interface CopyFieldProps {
  label: string;
  value: string;
  onCopied?: () => void;
}

export function CopyField({ label, value, onCopied }: CopyFieldProps) {
  const words = useCopyWords();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  // Over plain http a browser gives a page no clipboard (W3C Clipboard API §7): then the text is chosen, ready for the keyboard.
  const copy = () =>
    navigator.clipboard === undefined
      ? Promise.reject(new Error('no clipboard'))
      : navigator.clipboard.writeText(value).then(() => setSaid(words.copied));
  return (
    <div>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          ref={field}
          label={label}
          value={value}
          readOnly
          className="copied-text"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          variant="default"
          aria-label={`${words.copy} : ${label}`}
          onClick={() => {
            void copy()
              .catch(() => {
                field.current?.focus();
                setSaid(words.byHand);
              })
              .then(onCopied);
          }}
        >
          {words.copy}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" role="status" mih="1.4em">
        {said}
      </Text>
    </div>
  );
}
