import type { ReactNode } from "react";
import { Field } from "./field";
import { TextInput } from "./text-input";

interface PasswordFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What the browser's store of passwords makes of it. */
  autoComplete: "current-password" | "new-password";
  value: string;
  onValue: (value: string) => void;
}

/** A password that has to be typed. */
export function PasswordField({ label, hint, autoComplete, value, onValue }: PasswordFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          required
          type="password"
          autoComplete={autoComplete}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}
