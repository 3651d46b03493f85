"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { useWords } from "./words";

interface DialogHeaderProps {
  /** By which the panel is named and described. */
  ids: { title: string; description: string };
  title: ReactNode;
  description: ReactNode;
  /** Beside the title: a status, for instance. */
  aside?: ReactNode;
  onClose: () => void;
  className: string;
}

/** What a dialog or drawer is about, and the way out. */
export function DialogHeader({ ids, title, description, aside, onClose, className }: DialogHeaderProps) {
  const words = useWords();
  return (
    <header className={clsx("flex items-start gap-3 border-b border-border", className)}>
      <div className="min-w-0 flex-1">
        <h2 id={ids.title} className="text-section font-semibold wrap-anywhere">
          {title}
        </h2>
        {description ? (
          <p id={ids.description} className="mt-0.5 text-table text-fg-2">
            {description}
          </p>
        ) : null}
      </div>
      {aside ? <div className="max-sm:order-last max-sm:w-full">{aside}</div> : null}
      <IconButton label={words.close} icon={X} onClick={onClose} className="-mr-2 -mt-1" />
    </header>
  );
}

export function DialogFooter({ children, className }: { children: ReactNode; className: string }) {
  return (
    <footer className={clsx("flex flex-wrap justify-end gap-2 border-t border-border py-3", className)}>
      {children}
    </footer>
  );
}
