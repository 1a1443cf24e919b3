import { Composer } from '@/components/composer';
import { describeError } from '@/lib/api/errors';
import type { Activity } from '@/lib/api/types';
import { useClearDraft } from '@/lib/drafts';
import { useReplies } from '../api/get-replies';
import { useReplyToActivity } from '../api/reply-to-activity';
import { ActivityList } from './activity-list';
import styles from './replies.module.css';

/** The replies to a crud or to another reply, and a box for one more. */
export function Replies({ activity }: { activity: Activity }) {
  const replies = useReplies(activity.uuid);
  const draft = `reply.${activity.uuid}`;
  const reply = useReplyToActivity(activity.uuid, useClearDraft(draft));
  return (
    <section aria-label={`Replies to ${activity.display_name}`}>
      <div className={styles.composer}>
        <Composer
          draft={draft}
          onSend={(message) => reply.mutate(message)}
          label="Your reply"
          placeholder={`Reply to ${activity.display_name}`}
          layout="block"
          autoFocus
          submit={reply.isPending ? 'Replying…' : 'Reply'}
          busy={reply.isPending}
          problem={reply.isError ? `Not sent. ${describeError(reply.error)}` : undefined}
        />
        <p role="status" className="visually-hidden">
          {reply.isSuccess && 'Reply posted.'}
        </p>
      </div>
      <ActivityList
        list={replies}
        label="Replies"
        renderReplies={(reply) => <Replies activity={reply} />}
        empty={<p className={styles.empty}>No replies yet. Write the first one.</p>}
      />
    </section>
  );
}
