"use client";

import { useEffect, useRef } from "react";

const CHORD_MS = 1_200;

/**
 * Keys of the page: `{ "?": …, "g m": …, "/": … }`. They rest inside inputs, inside dialogs and with a modifier held.
 */
export function useShortcuts(keys: Record<string, () => void>): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    let first = "";
    let firstAt = 0;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const chord = Date.now() - firstAt < CHORD_MS ? `${first} ${event.key}` : "";
      const action = current.current[chord] ?? current.current[event.key];
      first = event.key;
      firstAt = Date.now();
      if (!action) return;
      event.preventDefault();
      first = "";
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null
  );
}
