// Signing in with e-mail address and password.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api.ts';
import { Failure } from '../../ui/failure.tsx';
import { useWords } from '../../words/words.tsx';
import { Doorstep } from './doorstep.tsx';

export function SignInPage() {
  const words = useWords();
  const client = useQueryClient();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? words.account.required : null),
      password: (value) => (value === '' ? words.account.required : null),
    },
  });
  const signIn = useMutation({
    mutationFn: (input: { email: string; password: string }) =>
      call('POST', '/api/session', { ...input, email: input.email.trim() }),
    onSuccess: () => client.resetQueries(),
  });
  return (
    <Doorstep title={words.account.signInTitle} intro={words.account.signInHint}>
      <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack>
          <TextInput
            label={words.account.email}
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
            key={form.key('email')}
          />
          <PasswordInput
            label={words.account.password}
            autoComplete="current-password"
            {...form.getInputProps('password')}
            key={form.key('password')}
          />
          {signIn.isError ? <Failure error={signIn.error} /> : null}
          <Button type="submit" loading={signIn.isPending}>
            {words.account.signIn}
          </Button>
        </Stack>
      </form>
    </Doorstep>
  );
}
