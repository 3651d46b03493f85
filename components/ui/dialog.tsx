"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { DialogPanel } from "./dialog-panel";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** Beside the title: a status, for instance. */
  aside?: ReactNode;
  /** One sentence under the title, read out when the dialog opens. */
  description?: ReactNode;
  footer?: ReactNode;
  size?: "md" | "lg" | "xl";
  children?: ReactNode;
}

const WIDTH = { md: "sm:max-w-130", lg: "sm:max-w-180", xl: "sm:max-w-260" };

/** To confirm or to be guided. Esc closes and focus goes back to where it was; below 640 px it takes the screen. */
export function Dialog({ open, size = "md", ...panel }: DialogProps) {
  if (!open) return null;
  return (
    <DialogPanel
      {...panel}
      classes={{
        veil: "grid grid-cols-[minmax(0,1fr)] items-start overflow-y-auto sm:p-6 sm:py-10",
        panel: clsx("relative mx-auto min-h-dvh sm:min-h-0 sm:rounded-lg sm:border", WIDTH[size]),
        header: "flex-wrap px-4 py-3 sm:flex-nowrap sm:px-6 sm:py-4",
        body: "min-w-0 flex-1",
        footer: "px-4 sm:px-6",
      }}
    />
  );
}
