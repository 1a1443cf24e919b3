import type { ComponentProps } from 'react';
import { Composer } from '@/components/composer';
import { SendIcon } from '@/components/icons';
import styles from './message-composer.module.css';

interface MessageComposerProps extends Pick<
  ComponentProps<typeof Composer>,
  'text' | 'onChange' | 'onSend' | 'busy' | 'problem'
> {
  recipient: string;
}

/** The box below a conversation. */
export function MessageComposer({ recipient, ...composer }: MessageComposerProps) {
  return (
    <div className={styles.composer}>
      <Composer
        {...composer}
        label="Message"
        placeholder={`Message ${recipient}`}
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
