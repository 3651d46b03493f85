import clsx from "clsx";
import { type ReactNode, useId } from "react";

interface PanelProps {
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A card with a heading: the landmark is named by it. */
export function Panel({ title, note, actions, className, children }: PanelProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={clsx("panel", className)}>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-border px-4 py-2">
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
        {note ? <span className="text-cap text-fg-2">{note}</span> : null}
        {actions ? <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
