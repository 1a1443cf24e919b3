import { TextField } from '@/components/text-field';

/** The name that others find the person by. */
export function HandleField({ autoFocus = false }: { autoFocus?: boolean }) {
  return (
    <TextField
      label="Handle"
      name="handle"
      autoComplete="nickname"
      autoCapitalize="none"
      spellCheck={false}
      pattern="[a-z0-9_]{2,30}"
      title="2 to 30 lower-case letters, digits or underscores"
      hint="What others find you by: 2 to 30 lower-case letters, digits and underscores."
      required
      autoFocus={autoFocus}
    />
  );
}
