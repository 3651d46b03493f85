"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { useWords } from "./words";

interface DialogHeaderProps {
  title: ReactNode;
  description: ReactNode;
  /** Beside the title: a status, for instance. */
  aside?: ReactNode;
  className: string;
}

/** What a dialog or drawer is about, and the way out. */
export function DialogHeader({ title, description, aside, className }: DialogHeaderProps) {
  const words = useWords();
  return (
    <header className={clsx("flex items-start gap-3 border-b border-border", className)}>
      <div className="min-w-0 flex-1">
        <Radix.Title className="text-section font-semibold wrap-anywhere">{title}</Radix.Title>
        {description ? (
          <Radix.Description className="mt-0.5 text-table text-fg-2">{description}</Radix.Description>
        ) : null}
      </div>
      {aside ? <div className="max-sm:order-last max-sm:w-full">{aside}</div> : null}
      <Radix.Close asChild>
        <IconButton label={words.close} icon={X} className="-mr-2 -mt-1" />
      </Radix.Close>
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
