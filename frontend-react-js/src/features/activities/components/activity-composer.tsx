import { useId, useState } from 'react';
import { Composer } from '@/components/composer';
import { describeError } from '@/lib/api/errors';
import type { Ttl } from '@/lib/api/types';
import { useClearDraft } from '@/lib/drafts';
import { useCreateActivity } from '../api/create-activity';
import { defaultTtl, ttlNames } from '../ttl';
import styles from './activity-composer.module.css';

/** Writes a crud: what it says, and after how long it is gone. */
export function ActivityComposer() {
  const id = useId();
  const [ttl, setTtl] = useState<Ttl>(defaultTtl);
  const creation = useCreateActivity(useClearDraft('crud'));
  return (
    <div className={styles.composer}>
      <Composer
        draft="crud"
        onSend={(message) => creation.mutate({ message, ttl })}
        label="New crud"
        placeholder="What’s on your mind?"
        layout="block"
        submit={creation.isPending ? 'Posting…' : 'Post'}
        busy={creation.isPending}
        problem={creation.isError ? `Not posted. ${describeError(creation.error)}` : undefined}
      >
        <label htmlFor={id} className={styles.label}>
          Gone after
        </label>
        <select
          id={id}
          value={ttl}
          onChange={(event) => setTtl(event.target.value as Ttl)}
          className={styles.select}
        >
          {Object.entries(ttlNames).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </Composer>
      <p role="status" className="visually-hidden">
        {creation.isSuccess && 'Posted.'}
      </p>
    </div>
  );
}
