"use client";

import clsx from "clsx";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { Modal } from "./modal";
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
function DialogHeader({ ids, title, description, aside, onClose, className }: DialogHeaderProps) {
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

interface DialogPanelProps {
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  aside?: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  /** How each part is laid out. */
  classes: { veil: string; panel: string; header: string; body: string; footer: string };
}

/** What dialogs and drawers have in common, while they are open: header, body, and a footer where there is something to decide. */
export function DialogPanel(props: DialogPanelProps) {
  const { onOpenChange, title, aside, description, footer, children, classes } = props;
  const close = () => onOpenChange(false);
  return (
    <Modal
      onClose={close}
      described={Boolean(description)}
      veilClass={clsx("fixed inset-0 z-30 bg-overlay", classes.veil)}
      panelClass={clsx(
        "flex w-full flex-col border-border bg-surface shadow-overlay outline-none",
        classes.panel,
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
            className={classes.header}
          />
          <div className={classes.body}>{children}</div>
          {footer ? (
            <footer
              className={clsx("flex flex-wrap justify-end gap-2 border-t border-border py-3", classes.footer)}
            >
              {footer}
            </footer>
          ) : null}
        </>
      )}
    </Modal>
  );
}
