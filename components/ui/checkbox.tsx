import clsx from "clsx";
import type { ReactNode } from "react";

interface CheckboxProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  hint?: ReactNode;
  id?: string;
  className?: string;
}

export function Checkbox({ checked, onChange, label, hint, id, className }: CheckboxProps) {
  return (
    <label className={clsx("flex items-start gap-2 text-table", className)}>
      <input
        type="checkbox"
        {...(id && { id })}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 flex-none accent-accent-solid"
      />
      <span>
        {label}
        {hint ? <span className="block text-cap text-fg-2">{hint}</span> : null}
      </span>
    </label>
  );
}
