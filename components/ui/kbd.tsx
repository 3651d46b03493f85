import type { ReactNode } from "react";

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-5 rounded-sm border border-b-2 border-border-strong bg-surface px-1 text-center font-medium text-fg-2 text-mini">
      {children}
    </kbd>
  );
}
