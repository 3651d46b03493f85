"use client";

import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
import { createPortal } from "react-dom";

interface ModalProps {
  onClose: () => void;
  /** Of the veil over the page, which holds the panel. A press on it closes. */
  veilClass: string;
  panelClass: string;
  /** Gives the ids that name and describe the panel to what stands in it. */
  children: (ids: { title: string; description: string }) => ReactNode;
  described: boolean;
}

/** Those that are open, the one on top last: Esc closes one at a time. */
const open: (() => void)[] = [];

/**
 * Stands above the page, which rests until it is closed; only what is spoken goes on. It takes focus as a whole, its title is
 * read first and no button looks pressed, or leaves it to the one field that it is about. Closing gives focus back to what had it before.
 */
export function Modal({ onClose, veilClass, panelClass, described, children }: ModalProps) {
  const ids = { title: useId(), description: useId() };
  const veil = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  // In this order: nothing that rests takes focus back.
  usePageAtRest(veil);
  useFocusInside(panel);
  useEscape(onClose);
  return createPortal(
    <div
      ref={veil}
      className={veilClass}
      onPointerDown={({ target, currentTarget, clientX }) => {
        // Not on its scroll bar.
        if (target === currentTarget && clientX < currentTarget.clientWidth) onClose();
      }}
    >
      <div
        ref={panel}
        role="dialog"
        aria-modal="true"
        aria-labelledby={ids.title}
        {...(described && { "aria-describedby": ids.description })}
        tabIndex={-1}
        className={panelClass}
      >
        {children(ids)}
      </div>
    </div>,
    document.body,
  );
}

function useFocusInside(panel: RefObject<HTMLElement | null>): void {
  // Read while it first renders: a field inside may take focus before effects run.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    // Unless a field inside has taken it already.
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [panel, before]);
}

function usePageAtRest(veil: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { body, documentElement } = document;
    const spoken = "[aria-live], next-route-announcer";
    const rest = [...body.children].filter(
      (element): element is HTMLElement =>
        element instanceof HTMLElement &&
        element !== veil.current &&
        !element.inert &&
        !element.matches(spoken),
    );
    for (const element of rest) element.inert = true;
    const { overflow, paddingRight } = body.style;
    // The page must not jump when its scroll bar goes.
    body.style.paddingRight = `${window.innerWidth - documentElement.clientWidth}px`;
    body.style.overflow = "hidden";
    return () => {
      for (const element of rest) element.inert = false;
      Object.assign(body.style, { overflow, paddingRight });
    };
  }, [veil]);
}

function useEscape(onClose: () => void): void {
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    const close = () => latest.current();
    open.push(close);
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || open.at(-1) !== close) return;
      event.preventDefault();
      close();
    };
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
      open.splice(open.indexOf(close), 1);
    };
  }, []);
}
