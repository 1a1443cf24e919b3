import { useEffect, useId, useRef, useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { Avatar } from '@/components/avatar';
import { Button } from '@/components/button';
import { SearchIcon } from '@/components/icons';
import type { User } from '@/lib/api/types';
import { isHandle, normalizeHandle } from '@/lib/handles';
import { isComposing } from '@/lib/keyboard';
import { useDebounced } from '@/lib/use-debounced';
import { useUsers } from '../api/find-users';
import styles from './find-person.module.css';

interface FindPersonProps {
  label: string;
  /** Text of the button. */
  action: string;
  /** A handle that is not suggested: the person's own where they cannot choose themselves. */
  except?: string;
  onChoose: (handle: string) => void;
}

/**
 * Finds a person by handle or name. A combobox as the ARIA Authoring Practices describe it: the list suggests, a
 * handle typed in full works without it.
 */
export function FindPerson({ label, action, except, onChoose }: FindPersonProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState<string>();

  const typed = text.trim().replace(/^@/, '');
  const searched = useDebounced(typed, 150);
  const found = useUsers(searched);
  const people = typed ? (found.data ?? []).filter((person) => person.handle !== except) : [];
  const isAnswered = searched === typed && found.isFetched && !found.isPlaceholderData;
  const showing = open && people.length > 0;
  const nobody = open && typed !== '' && isAnswered && people.length === 0;

  const choose = (chosen: string) => {
    setText('');
    setOpen(false);
    onChoose(chosen);
  };

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const handle = normalizeHandle(text);
    const chosen = showing && people.find((person) => person.uuid === active);
    if (showing && active !== undefined && !chosen) {
      // The list has changed since, and whoever stands there now was not chosen.
      setActive(undefined);
      return;
    }
    const only = showing && isAnswered && people.length === 1 && people[0];
    const exact = people.find((person) => person.handle === handle);
    const match = chosen || exact || only;
    if (match) choose(match.handle);
    else if (isHandle(handle)) choose(handle);
    else setOpen(true);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') setOpen(false);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    // One place more than there are people: the text itself, where the arrows begin and end.
    const places = [undefined, ...people.map(({ uuid }) => uuid)];
    const step = event.key === 'ArrowDown' ? 1 : -1;
    const next = Math.max(0, places.indexOf(active)) + step;
    setActive(places.at(next % places.length));
  };

  return (
    <form role="search" aria-label={label} onSubmit={onSubmit} className={styles.form}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <span className={styles.input}>
        <SearchIcon />
        <input
          id={id}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={showing}
          aria-controls={`${id}-people`}
          aria-activedescendant={
            showing && people.some(({ uuid }) => uuid === active) ? `${id}-${active}` : undefined
          }
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
            setActive(undefined);
          }}
          onKeyDown={onKeyDown}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          placeholder="Handle or name"
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
        />
      </span>
      <Button type="submit" variant="quiet" disabled={!typed}>
        {action}
      </Button>
      <ul id={`${id}-people`} role="listbox" aria-label="People" hidden={!showing} className={styles.people}>
        {people.map((person) => (
          <Suggestion
            key={person.uuid}
            id={`${id}-${person.uuid}`}
            person={person}
            selected={person.uuid === active}
            onChoose={() => choose(person.handle)}
          />
        ))}
      </ul>
      <p role="status" className={styles.nobody} hidden={!nobody}>
        {nobody && `Nobody’s handle or name begins with “${typed}”.`}
      </p>
    </form>
  );
}

interface SuggestionProps {
  id: string;
  person: User;
  selected: boolean;
  onChoose: () => void;
}

function Suggestion({ id, person, selected, onChoose }: SuggestionProps) {
  const row = useRef<HTMLLIElement>(null);

  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);

  return (
    <li
      ref={row}
      id={id}
      role="option"
      aria-selected={selected}
      className={styles.person}
      // Before the click the input would lose focus and close the list.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Avatar handle={person.handle} displayName={person.display_name} size="2rem" />
      <bdi className={styles.name}>{person.display_name}</bdi>
      <span className={styles.handle}>@{person.handle}</span>
    </li>
  );
}
