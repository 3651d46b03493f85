import { type ReactNode, useEffect, useRef } from "react";
import { Field } from "./field";
import { TextInput } from "./text-input";

interface PasswordFieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What the browser's store of passwords makes of it. */
  autoComplete: "current-password" | "new-password";
  /** What its dialog is about: it has focus at once. */
  first?: boolean;
  value: string;
  onValue: (value: string) => void;
}

/** A password that has to be typed. */
export function PasswordField({ label, hint, autoComplete, first, value, onValue }: PasswordFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) input.current?.focus({ preventScroll: true });
  }, [first]);
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <TextInput
          {...control}
          ref={input}
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
