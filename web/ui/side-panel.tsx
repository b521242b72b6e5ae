// What opens over the page from the right. Apart from the dialog, so that its code comes with the first panel.
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.tsx';
import { Gathered, Titled } from './not-loaded.tsx';

interface SidePanelProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
}

export function SidePanel({ opened, onClose, title, children }: SidePanelProps) {
  const { close } = useWords();
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size="xl">
      <Drawer.Overlay />
      <Drawer.Content>
        <div className="dialog-top">
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={close} />
        </div>
        <Drawer.Body>
          <Titled title={title} isPart={false}>
            <Gathered>{children}</Gathered>
          </Titled>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
