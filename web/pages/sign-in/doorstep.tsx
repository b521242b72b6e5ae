// The frame of the pages before one is inside: one column, a title, a form.
import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Doorstep({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  return (
    <main className="doorstep">
      <Text className="wordmark" aria-hidden>
        Relance
      </Text>
      <Title order={1}>{title}</Title>
      {intro === undefined ? null : <Text c="dimmed">{intro}</Text>}
      <Paper withBorder p="lg" radius="lg">
        {children}
      </Paper>
    </main>
  );
}
