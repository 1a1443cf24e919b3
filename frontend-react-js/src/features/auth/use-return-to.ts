import { useSearchParams } from 'react-router';

/** The page that the person asked for before signing in, which every page on the way there passes on. */
export function useReturnTo(): string | undefined {
  const [query] = useSearchParams();
  return query.get('return_to') ?? undefined;
}
