import { useLayoutEffect } from 'react';
import { Composer } from '@/components/composer';
import { SendIcon } from '@/components/icons';
import { useUser } from '@/lib/auth/session';
import { moveDraft, useClearDraft } from '@/lib/drafts';
import styles from './message-composer.module.css';

interface MessageComposerProps {
  /** The conversation, or undefined before its first message. */
  messageGroupUuid?: string;
  /** The other person, as far as that is known. */
  person: { handle: string; display_name: string } | undefined;
  onSend: (text: string) => void;
}

/** The box below a conversation. A text that was begun before the conversation existed goes on in the conversation. */
export function MessageComposer({ messageGroupUuid, person, onSend }: MessageComposerProps) {
  const me = useUser();
  const personDraft = person && `@${person.handle}`;
  const purpose = messageGroupUuid ?? personDraft ?? 'nobody';
  const clear = useClearDraft(purpose);

  useLayoutEffect(() => {
    if (messageGroupUuid && personDraft) moveDraft(me.id, personDraft, messageGroupUuid);
  }, [me.id, messageGroupUuid, personDraft]);

  return (
    <div className={styles.composer}>
      <Composer
        draft={purpose}
        onSend={(text) => {
          onSend(text);
          clear();
        }}
        label="Message"
        placeholder={`Message ${person?.display_name ?? 'this conversation'}`}
        layout="line"
        autoFocus
        submit={
          <>
            <SendIcon />
            <span className="visually-hidden">Send</span>
          </>
        }
      />
    </div>
  );
}
