"use client";

import type { LucideIcon } from "lucide-react";
import { type ReactNode, useId } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

interface AskDialogProps {
  title: ReactNode;
  /** One sentence: what will be done. */
  description: ReactNode;
  /** Word of the button that does it. */
  confirm: ReactNode;
  icon?: LucideIcon;
  /** Whether something goes for good. */
  danger?: boolean;
  /** Word of the button that leaves all as it is; "Cancel" where nothing says it better. */
  keep?: ReactNode;
  size?: "md" | "lg";
  busy: boolean;
  /** Why it was not done; null while nothing was refused. */
  error: unknown;
  /** What was not done, above `error`. */
  failed: string;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks once more, or for what is still needed, before something is done. Enter in a field confirms. */
export function AskDialog(props: AskDialogProps) {
  const { title, description, confirm, icon, danger = false, keep, size = "md" } = props;
  const { busy, error, failed, onConfirm, onClose, children } = props;
  const { t } = useT();
  const form = useId();
  return (
    <Dialog
      open
      size={size}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{keep ?? t("shell.cancel")}</Button>
          <Button
            type="submit"
            form={form}
            variant={danger ? "danger" : "primary"}
            {...(icon && { icon })}
            busy={busy}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className={children || error ? "space-y-3 px-4 py-4 sm:px-6" : undefined}
        onSubmit={(event) => {
          event.preventDefault();
          // React's events leave a dialog for the form that it was opened from.
          event.stopPropagation();
          if (!busy) onConfirm();
        }}
      >
        {children}
        {error ? <ErrorPanel title={failed} error={error} /> : null}
      </form>
    </Dialog>
  );
}
