import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";

type TextInputProps = ComponentProps<"input"> & { icon?: LucideIcon; mono?: boolean; after?: ReactNode };

/** One line of text. `mono` for names of objects, folders and SQL. */
export function TextInput({ icon: Icon, mono, after, className, ...rest }: TextInputProps) {
  return (
    <div
      className={clsx(
        "flex min-h-8.5 w-full items-center gap-2 rounded-md border bg-surface px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
        rest["aria-invalid"] ? "border-status-danger" : "border-control",
        className,
      )}
    >
      {Icon ? <Icon size={16} strokeWidth={1.75} aria-hidden className="flex-none text-fg-3" /> : null}
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        className={clsx("w-full min-w-0 bg-transparent py-1 text-table outline-none", mono && "font-mono")}
      />
      {after}
    </div>
  );
}
