import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";

/** What a control inside a field must carry: spread it on the input. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and how to mend it; read out with the control. */
  error?: ReactNode;
  /** Fixed id, so that a summary can link to the control. */
  id?: string;
  optional?: ReactNode;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, hint and error, wired together. */
export function Field({ label, hint, error, id, optional, className, children }: FieldProps) {
  const own = useId();
  const controlId = id ?? own;
  const described = [hint ? `${controlId}-hint` : "", error ? `${controlId}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={className ?? "mb-4"}>
      <label htmlFor={controlId} className="mb-1 block text-table font-medium">
        {label}
        {optional ? <span className="ml-1.5 font-normal text-fg-3">{optional}</span> : null}
      </label>
      {children({
        id: controlId,
        "aria-describedby": described || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error ? (
        <p id={`${controlId}-error`} className="mt-1 flex gap-1.5 text-cap text-status-danger">
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          <span>{error}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={`${controlId}-hint`} className="mt-1 text-cap text-fg-2">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
