// E-mail address and password; where it is known who comes back, the password alone.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api.ts';
import { Failure } from '../ui/failure.tsx';
import { useWords } from '../words/words.tsx';

interface SignInFormProps {
  /** Who it must be; left out: anybody. */
  email?: string;
  onDone: () => unknown;
}

export function SignInForm({ email: known, onDone }: SignInFormProps) {
  const { account } = useWords();
  const [email, setEmail] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const signIn = useMutation({
    mutationFn: () => call('POST', '/api/session', { email: email.trim(), password }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (email.trim() !== '' && password !== '') signIn.mutate();
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <TextInput
          label={account.email}
          type="email"
          autoComplete="username"
          autoFocus={known === undefined}
          readOnly={known !== undefined}
          value={email}
          error={tried && email.trim() === '' ? account.required : null}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={account.password}
          autoComplete="current-password"
          data-autofocus={known === undefined ? undefined : true}
          value={password}
          error={tried && password === '' ? account.required : null}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.isError ? <Failure error={signIn.error} /> : null}
        <Button type="submit" loading={signIn.isPending}>
          {account.signIn}
        </Button>
      </Stack>
    </form>
  );
}
