import { TextField } from '@/components/text-field';
import { env } from '@/config/env';

/** The code that Cognito sends, and where to look for it. */
export function CodeField({ autoFocus = true }: { autoFocus?: boolean }) {
  return (
    <TextField
      label="Code"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      hint={
        env().cognito.endpoint
          ? 'The local user pool sends no e-mail: the code is in the console log of the cognito resource, in the Aspire dashboard.'
          : 'It was sent to your e-mail address.'
      }
      required
      autoFocus={autoFocus}
    />
  );
}
