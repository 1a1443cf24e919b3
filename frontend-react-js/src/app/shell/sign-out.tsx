import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Button } from '@/components/button';
import { SignOutIcon } from '@/components/icons';
import { useUnsentCount } from '@/features/messages/use-outbox';
import { endSession } from '@/lib/auth/session';
import styles from './sign-out.module.css';

/** Signs out. Messages that are not sent yet would be lost, so that it asks first while there are some. */
export function SignOut({ className }: { className: string | undefined }) {
  const queryClient = useQueryClient();
  const unsent = useUnsentCount();
  const question = useRef<HTMLDialogElement>(null);
  const signOut = useMutation({ mutationFn: () => endSession(queryClient, 'signed-out') });
  return (
    <>
      <button
        type="button"
        title="Sign out"
        aria-disabled={signOut.isPending || undefined}
        className={className}
        onClick={() => (unsent > 0 ? question.current?.showModal() : signOut.mutate())}
      >
        <SignOutIcon />
        <span>Sign out</span>
      </button>
      <dialog ref={question} aria-labelledby="sign-out-question" className={styles.question}>
        <h2 id="sign-out-question">
          {unsent === 1 ? 'One message is not sent yet' : `${unsent} messages are not sent yet`}
        </h2>
        <p>Signing out removes what you have not sent from this browser.</p>
        <div className={styles.answers}>
          <Button variant="quiet" onClick={() => question.current?.close()}>
            Stay
          </Button>
          <Button busy={signOut.isPending} onClick={() => signOut.mutate()}>
            Sign out and discard
          </Button>
        </div>
      </dialog>
    </>
  );
}
