"use client";

import type { ReactNode } from "react";
import { DialogFooter, DialogHeader } from "./dialog-parts";
import { Modal } from "./modal";

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
  if (!open) return null;
  const close = () => onOpenChange(false);
  return (
    <Modal
      onClose={close}
      described={Boolean(description)}
      veilClass="fixed inset-0 z-30 bg-overlay"
      panelClass="fixed inset-y-0 right-0 z-31 flex w-full flex-col border-l border-border-strong bg-surface shadow-overlay outline-none sm:max-w-135"
    >
      {(ids) => (
        <>
          <DialogHeader
            ids={ids}
            title={title}
            description={description}
            onClose={close}
            className="px-5 py-3.5"
          />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {footer ? <DialogFooter className="px-5">{footer}</DialogFooter> : null}
        </>
      )}
    </Modal>
  );
}
