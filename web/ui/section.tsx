// A part of the page: its title, how many it shows, what it is for.
import { Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useWords } from '../words/words.tsx';
import { type Asked, Titled, useNotLoaded } from './not-loaded.tsx';

interface SectionProps {
  title: string;
  /** What a link within the page goes to. */
  anchor?: string | undefined;
  count?: number | undefined;
  hint?: string | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, anchor, count, hint, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className="section" id={anchor} aria-labelledby={id}>
      <Group justify="space-between" align="flex-end" gap="xs" mb="xs">
        <div>
          <Title order={2} id={id}>
            {title}
            {count === undefined ? null : <span className="count"> {count}</span>}
          </Title>
          {hint === undefined ? null : (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      <Titled title={title} isPart>
        {children}
      </Titled>
    </section>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

/** What was asked for, or its failure, or grey lines while it is on its way. `what` names it, where the title above it does not. */
export function Loaded<T>({
  query,
  data,
  what,
  children,
}: {
  query: Asked;
  data: T | undefined;
  what?: string;
  children: (data: T) => ReactNode;
}) {
  const notLoaded = useNotLoaded(query, data, what);
  if (data !== undefined) return children(data);
  if (query.isError) return notLoaded;
  return <Waiting />;
}

/** Grey lines in the place of what is on its way. */
export function Waiting() {
  const words = useWords();
  return (
    <Stack gap="xs" role="status" aria-label={words.loading}>
      <Skeleton h={18} w="60%" />
      <Skeleton h={18} w="80%" />
      <Skeleton h={18} w="40%" />
    </Stack>
  );
}
