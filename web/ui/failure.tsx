// Something could not be had from the server: what, and the button to try again.
import { Alert, Button, Stack, Text } from '@mantine/core';
import { Refusal } from '../api.ts';
import { useWords } from '../words/words.tsx';

/** The sentence of whatever went wrong. */
export function useSentence(): (error: unknown) => string {
  const words = useWords();
  return (error) => (error instanceof Refusal && error.problem !== null ? error.problem.detail : words.unreachable);
}

export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const words = useWords();
  const sentence = useSentence();
  return (
    <Alert color="red" variant="outline" role="alert" className="failure">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{sentence(error)}</Text>
        {onRetry === undefined ? null : (
          <Button size="xs" variant="default" onClick={() => void onRetry()}>
            {words.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** A screen that could not be shown at all: its code could not be loaded, or it failed. */
export function ScreenFailure({ error, reset }: { error: unknown; reset: () => void }) {
  return <Failure error={error} onRetry={reset} />;
}
