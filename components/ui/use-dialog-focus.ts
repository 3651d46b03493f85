"use client";

import { useRef } from "react";

interface DialogFocus {
  onOpenAutoFocus: (event: Event) => void;
  onCloseAutoFocus: (event: Event) => void;
}

/**
 * A dialog takes focus as a whole: its title is read first, no button looks pressed and no tooltip opens. Closing gives
 * focus back to what had it before, as dialogs here are opened by state and have no trigger to return to.
 */
export function useDialogFocus(): DialogFocus {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: (event) => {
      const { activeElement } = document;
      before.current = activeElement instanceof HTMLElement ? activeElement : null;
      event.preventDefault();
      if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus({ preventScroll: true });
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      before.current?.focus({ preventScroll: true });
      before.current = null;
    },
  };
}
