// The template of a step, edited over the sequence that is being edited: what is typed there stays as it is.
import { Text } from '@mantine/core';
import { useState } from 'react';
import { TemplateEditor } from '../../parts/template-editor.tsx';
import { useTemplateWords } from '../../parts/template-words.ts';
import { useTemplates } from '../../parts/templates.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/section.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { useSequencesWords } from './words.ts';

interface EditTemplateDialogProps {
  templateKey: string | null;
  level: number;
  onClose: () => void;
}

export function EditTemplateDialog({ templateKey, level, onClose }: EditTemplateDialogProps) {
  const words = useSequencesWords();
  const { unsaved, whole, gone } = useTemplateWords();
  const { query, templates } = useTemplates();
  const [changed, setChanged] = useState(false);
  const isOpen = templateKey !== null;
  useUnsaved(isOpen && changed, unsaved);
  const template = templates?.find((one) => one.key === templateKey);
  const close = () => {
    if (changed && !window.confirm(unsaved)) return;
    setChanged(false);
    onClose();
  };
  return (
    <Dialog opened={isOpen} onClose={close} size="wide" title={words.template(template?.name ?? templateKey ?? '')}>
      {isOpen ? (
        <Loaded query={query} data={templates} what={whole}>
          {() =>
            template === undefined ? (
              <Text>{gone}</Text>
            ) : (
              <TemplateEditor key={template.key} template={template} level={level} onChanged={setChanged} />
            )
          }
        </Loaded>
      ) : null}
    </Dialog>
  );
}
