import type { EnvProblem } from '@/config/env';
import { Logo } from '@/components/logo';
import { usePageTitle } from '@/lib/use-page-title';
import styles from './configuration-problem.module.css';

/** In place of the app when it was started without its settings. */
export function ConfigurationProblem({ problems }: { problems: EnvProblem[] }) {
  usePageTitle('Configuration');
  return (
    <main className={styles.page}>
      <Logo />
      <h1>Cruddur was started without its settings</h1>
      <ul className={styles.problems}>
        {problems.map(({ variable, problem }) => (
          <li key={variable}>
            <code>{variable}</code> {problem}
          </li>
        ))}
      </ul>
      <p>
        <code>dotnet run --project AppHost</code> starts the whole system and sets these variables for the
        front end. To run the front end by itself, set them in the environment of <code>npm run dev</code>.
      </p>
    </main>
  );
}
