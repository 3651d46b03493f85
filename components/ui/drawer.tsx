"use client";

import type { ReactNode } from "react";
import { DialogPanel } from "./dialog-panel";

interface DrawerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
}

/** A panel from the right for details, creating and editing. Takes focus; Esc gives it back. */
export function Drawer({ open, ...panel }: DrawerProps) {
  if (!open) return null;
  return (
    <DialogPanel
      {...panel}
      classes={{
        veil: "",
        panel: "fixed inset-y-0 right-0 z-31 border-l border-l-border-strong sm:max-w-135",
        header: "px-5 py-3.5",
        body: "min-h-0 flex-1 overflow-y-auto px-5 py-4",
        footer: "px-5",
      }}
    />
  );
}
