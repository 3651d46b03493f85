"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { DialogFooter, DialogHeader } from "./dialog-parts";
import { useDialogFocus } from "./use-dialog-focus";

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
          <DialogHeader title={title} description={description} className="px-5 py-3.5" />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer ? <DialogFooter className="px-5">{footer}</DialogFooter> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
