// E-mail address and password; where it is known who comes back, the password alone.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { call } from '../api.ts';
import { Failure } from '../ui/failure.tsx';
import { useWords } from '../words/words.tsx';

interface SignInFormProps {
  /** Who it must be; left out: anybody. */
  email?: string;
  onDone: () => unknown;
}

export function SignInForm({ email, onDone }: SignInFormProps) {
  const { account } = useWords();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: email ?? '', password: '' },
    validate: {
      email: (value) => (value.trim() === '' ? account.required : null),
      password: (value) => (value === '' ? account.required : null),
    },
  });
  const signIn = useMutation({
    mutationFn: (input: { email: string; password: string }) =>
      call('POST', '/api/session', { ...input, email: input.email.trim() }),
    onSuccess: onDone,
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
      <Stack>
        <TextInput
          label={account.email}
          type="email"
          autoComplete="username"
          autoFocus={email === undefined}
          readOnly={email !== undefined}
          {...form.getInputProps('email')}
          key={form.key('email')}
        />
        <PasswordInput
          label={account.password}
          autoComplete="current-password"
          data-autofocus={email === undefined ? undefined : true}
          {...form.getInputProps('password')}
          key={form.key('password')}
        />
        {signIn.isError ? <Failure error={signIn.error} /> : null}
        <Button type="submit" loading={signIn.isPending}>
          {account.signIn}
        </Button>
      </Stack>
    </form>
  );
}
