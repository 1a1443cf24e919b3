import { TextField } from '@/components/text-field';

/** Chooses a password; the rules are Cognito's defaults. */
export function NewPasswordField({ label }: { label: string }) {
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      minLength={8}
      hint="At least 8 characters with upper and lower case, a digit and a symbol."
      required
    />
  );
}
