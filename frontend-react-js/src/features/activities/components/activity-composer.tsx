import { useId, useState } from 'react';
import { Composer } from '@/components/composer';
import { describeError } from '@/lib/api/errors';
import type { Ttl } from '@/lib/api/types';
import { useUser } from '@/lib/auth/session';
import { useClearDraft } from '@/lib/drafts';
import { personalStorage } from '@/lib/storage';
import { useCreateActivity } from '../api/create-activity';
import { knownTtl, ttlNames } from '../ttl';
import styles from './activity-composer.module.css';

/** Name under which the chosen lifetime is stored. */
const TTL = 'ttl';

/** Writes a crud: what it says, and after how long it expires. The chosen lifetime is remembered. */
export function ActivityComposer() {
  const id = useId();
  const storage = personalStorage(useUser().id);
  const [ttl, setTtl] = useState<Ttl>(() => knownTtl(storage.get(TTL)));
  const creation = useCreateActivity(useClearDraft('crud'));
  const changeTtl = (next: Ttl) => {
    setTtl(next);
    storage.set(TTL, next);
  };

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
          Expires after
        </label>
        <select
          id={id}
          value={ttl}
          onChange={(event) => changeTtl(knownTtl(event.target.value))}
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
