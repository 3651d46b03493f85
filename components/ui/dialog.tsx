"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { useDialogFocus } from "./use-dialog-focus";
import { useWords } from "./words";

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
  const words = useWords();
  const focus = useDialogFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 grid grid-cols-[minmax(0,1fr)] items-start overflow-y-auto bg-overlay sm:p-6 sm:py-10">
          <Radix.Content
            {...focus}
            {...(description ? {} : { "aria-describedby": undefined })}
            className={clsx(
              "relative mx-auto flex outline-none min-h-dvh w-full flex-col border-border bg-surface shadow-overlay sm:min-h-0 sm:rounded-lg sm:border",
              WIDTH[size],
            )}
          >
            <header className="flex flex-wrap items-start gap-3 sm:flex-nowrap border-b border-border px-4 py-3 sm:px-6 sm:py-4">
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
            <div className="min-w-0 flex-1">{children}</div>
            {footer ? (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-border px-4 py-3 sm:px-6">
                {footer}
              </footer>
            ) : null}
          </Radix.Content>
        </Radix.Overlay>
      </Radix.Portal>
    </Radix.Root>
  );
}
