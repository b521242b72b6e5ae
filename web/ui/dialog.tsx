// What opens over the page, in its middle. Built from Mantine's parts, without its <header>, which a screen reader would take for a
// second banner of the page.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import { Gathered, Titled } from './not-loaded.tsx';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** `wide`: as wide as the window lets it be, for two columns. */
  size?: 'md' | 'xl' | 'wide';
  children: ReactNode;
}

export function Dialog({ opened, onClose, title, size = 'md', children }: DialogProps) {
  const { close } = useWords();
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size === 'wide' ? '84rem' : size}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-top">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={close} />
        </div>
        <Modal.Body>
          <Titled title={title} isPart={false}>
            <Gathered>{children}</Gathered>
          </Titled>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
