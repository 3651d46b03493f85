"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { useDialogFocus } from "./use-dialog-focus";
import { useWords } from "./words";

interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** A panel from the right for details, creating and editing. Takes focus; Esc gives it back. */
export function Drawer({ open, onOpenChange, title, description, footer, children }: DrawerProps) {
  const words = useWords();
  const focus = useDialogFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-overlay" />
        <Radix.Content
          {...focus}
          {...(description ? {} : { "aria-describedby": undefined })}
          className="fixed inset-y-0 right-0 z-31 flex w-full flex-col border-l border-border-strong bg-surface shadow-overlay outline-none sm:max-w-135"
        >
          <header className="flex items-start gap-3 border-b border-border px-5 py-3.5">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-section font-semibold wrap-anywhere">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-table text-fg-2">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <IconButton label={words.close} icon={X} className="-mr-2 -mt-1" />
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-border px-5 py-3">
              {footer}
            </footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
