import clsx from "clsx";
import type { ReactNode } from "react";
import { TONE_BADGE, type Tone } from "./tone";

/** A pill of glyph and word. For a status use `StatusBadge`. */
export function Badge({
  tone = "neutral",
  icon,
  children,
  className,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border py-px pr-2 font-medium text-cap leading-5",
        icon ? "pl-1.5" : "pl-2",
        TONE_BADGE[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** A quiet label that is no status: "sandbox", "tail". */
export function Tag({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={clsx(
        "inline-block whitespace-nowrap rounded-sm border border-border bg-surface-2 px-1.5 font-medium text-fg-2 text-mini leading-4.5",
        className,
      )}
    >
      {children}
    </span>
  );
}
