import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";

/** The browser's own list: works with every keyboard, screen reader and phone. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <div className={clsx("relative", className)}>
      <select
        {...rest}
        className={clsx(
          "min-h-8.5 w-full appearance-none truncate rounded-md border bg-surface py-1 pr-8 pl-2.5 text-table text-fg",
          rest["aria-invalid"] ? "border-status-danger" : "border-control",
        )}
      >
        {children}
      </select>
      <ChevronDown
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-fg-3"
      />
    </div>
  );
}
