"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { DialogFooter, DialogHeader } from "./dialog-parts";
import { Modal } from "./modal";

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
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, aside, description, footer, size = "md", children } = props;
  if (!open) return null;
  const close = () => onOpenChange(false);
  return (
    <Modal
      onClose={close}
      described={Boolean(description)}
      veilClass="fixed inset-0 z-30 grid grid-cols-[minmax(0,1fr)] items-start overflow-y-auto bg-overlay sm:p-6 sm:py-10"
      panelClass={clsx(
        "relative mx-auto flex outline-none min-h-dvh w-full flex-col border-border bg-surface shadow-overlay sm:min-h-0 sm:rounded-lg sm:border",
        WIDTH[size],
      )}
    >
      {(ids) => (
        <>
          <DialogHeader
            ids={ids}
            title={title}
            description={description}
            aside={aside}
            onClose={close}
            className="flex-wrap px-4 py-3 sm:flex-nowrap sm:px-6 sm:py-4"
          />
          <div className="min-w-0 flex-1">{children}</div>
          {footer ? <DialogFooter className="px-4 sm:px-6">{footer}</DialogFooter> : null}
        </>
      )}
    </Modal>
  );
}
