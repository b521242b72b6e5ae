// Something could not be had from the server, or done: what, why, and the button to try again.
import { Alert, Button, Stack, Text } from '@mantine/core';
import { typeset } from '../../src/words/typeset.ts';
import { Refusal } from '../api.ts';
import { useLanguage, useWords } from '../words/words.tsx';

/** The sentence of whatever went wrong. */
export function useSentence(): (error: unknown) => string {
  const words = useWords();
  const language = useLanguage();
  return (error) => {
    if (!(error instanceof Refusal) || error.problem === null) return words.unreachable;
    const { code, detail, status } = error.problem;
    return code === 'not-ours' ? words.notOurs(status) : typeset(detail, language);
  };
}

interface FailureProps {
  /** What is not shown because of it. */
  what?: readonly string[];
  error: unknown;
  isRetrying?: boolean;
  onRetry?: () => unknown;
}

export function Failure({ what, error, isRetrying = false, onRetry }: FailureProps) {
  const words = useWords();
  const sentence = useSentence();
  return (
    <Alert color="red" variant="outline" role="alert" className="failure">
      <Stack gap="xs" align="flex-start">
        {what === undefined ? null : <strong>{words.cannotShow(...what)}</strong>}
        <Text size="sm">{sentence(error)}</Text>
        {onRetry === undefined ? null : (
          <Button size="xs" variant="default" loading={isRetrying} onClick={() => void onRetry()}>
            {words.retry}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
