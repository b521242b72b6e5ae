// The head of a screen: its title (of the window too), what leads back, and its buttons.
import { Group, Title } from '@mantine/core';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { useWords } from '../words/words.tsx';
import { Gathered, Titled } from './not-loaded.tsx';
import './thing.css';

interface PageProps {
  title: string;
  /** Above the title: the list that this came from. */
  back?: ReactNode;
  /** Below the title, quieter. */
  detail?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, back, detail, actions, children }: PageProps) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${words.application}`;
  }, [title, words]);
  // A screen reader is told that another screen is there: the heading takes the focus that the link lost.
  const takeFocus = useCallback(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(takeFocus, [takeFocus]);
  return (
    <>
      <div className="page-head">
        <div>
          {back === undefined ? null : <div className="back">{back}</div>}
          <Title order={1} ref={heading} tabIndex={-1} className="page-title">
            {title}
          </Title>
          {detail === undefined ? null : <div className="page-detail">{detail}</div>}
        </div>
        {actions === undefined || actions === null ? null : (
          <Group gap="xs" className="main-actions">
            {actions}
          </Group>
        )}
      </div>
      <Titled title={title} isPart={false}>
        <Gathered onMended={takeFocus}>{children}</Gathered>
      </Titled>
    </>
  );
}
