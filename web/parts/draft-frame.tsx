// A message that is not written anywhere yet, in a closed frame: the draft is posted to the server, whose answer has a policy of its
// own. The page's own policy lets no inline style through, and a mail has no others.
import { useEffect, useId, useRef } from 'react';

export function DraftFrame({ action, draft, title }: { action: string; draft: string; title: string }) {
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current!.value = draft;
    form.current!.submit();
  }, [draft]);
  return (
    <>
      <form ref={form} action={action} method="post" encType="multipart/form-data" target={name} hidden>
        <input ref={field} type="hidden" name="draft" />
      </form>
      <iframe className="message-frame draft" title={title} name={name} sandbox="" />
    </>
  );
}
