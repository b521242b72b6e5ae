// Signing in with e-mail address and password.
import { useQueryClient } from '@tanstack/react-query';
import { SignInForm } from '../../parts/sign-in-form.tsx';
import { useWords } from '../../words/words.tsx';
import { Doorstep } from './doorstep.tsx';

export function SignInPage() {
  const { account } = useWords();
  const client = useQueryClient();
  return (
    <Doorstep title={account.signInTitle} intro={account.signInHint}>
      <SignInForm onDone={() => client.resetQueries()} />
    </Doorstep>
  );
}
