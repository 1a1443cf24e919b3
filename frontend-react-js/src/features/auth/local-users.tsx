import styles from './local-users.module.css';

/** The accounts every local pool is made with; the README names them too. */
const handles = ['andrewbrown', 'bayko', 'londo'];
const password = 'Testing1234!';

/** Shown with the local pool only: who can sign in on this machine. */
export function LocalUsers({ onChoose }: { onChoose: (handle: string, password: string) => void }) {
  return (
    <aside aria-label="Accounts of the local user pool" className={styles.hint}>
      <p>
        This is the local user pool. Its accounts share the password <code>{password}</code>
      </p>
      <ul className={styles.handles}>
        {handles.map((handle) => (
          <li key={handle}>
            <button type="button" className={styles.handle} onClick={() => onChoose(handle, password)}>
              Use {handle}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
