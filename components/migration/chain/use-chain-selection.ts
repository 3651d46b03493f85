"use client";

import { useSearchParams } from "next/navigation";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from "react";
import { replaceQuery } from "@/components/shell/replace-query";
import type { ChainEntry } from "./chain-order";

const PAGE = 10;
/** The address follows when the arrow keys rest: browsers limit how often it may change. */
const REST_MS = 400;

export interface ChainSelection {
  /** Null only while there is nothing to select. */
  key: string | null;
  index: number;
  select: (key: string) => void;
  /** Arrows, Home, End, Page Up and Down along the chain; Enter opens the details. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/** One selection for lane and table, kept in the address: a link shows what its sender saw. */
export function useChainSelection(
  entries: readonly ChainEntry[],
  { preferred, onOpen }: { preferred: string | null; onOpen: () => void },
): ChainSelection {
  const named = useSearchParams().get("file");
  const [chosen, setChosen] = useState<string | null>(named);
  const places = useMemo(() => new Map(entries.map((entry, index) => [entry.key, index])), [entries]);
  const known = [chosen, preferred].find((key) => key !== null && places.has(key));
  const key = known ?? entries.at(-1)?.key ?? null;
  const index = key === null ? -1 : (places.get(key) ?? -1);
  useEffect(() => {
    if (chosen === null) return;
    const timer = setTimeout(() => {
      const next = new URLSearchParams(window.location.search);
      if (next.get("file") === chosen) return;
      next.set("file", chosen);
      replaceQuery(next.toString());
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [chosen]);
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter") {
        event.preventDefault();
        onOpen();
        return;
      }
      const to = destination(event.key, index, entries.length);
      const entry = to === null ? undefined : entries[to];
      if (!entry) return;
      event.preventDefault();
      setChosen(entry.key);
    },
    [entries, index, onOpen],
  );
  return { key, index, select: setChosen, onKeyDown };
}

/** Where a key leads, null where it is not one of the chain's. */
export function destination(key: string, index: number, count: number): number | null {
  const clamp = (to: number) => Math.min(count - 1, Math.max(0, to));
  switch (key) {
    case "ArrowLeft":
    case "ArrowUp":
      return clamp(index - 1);
    case "ArrowRight":
    case "ArrowDown":
      return clamp(index + 1);
    case "PageUp":
      return clamp(index - PAGE);
    case "PageDown":
      return clamp(index + PAGE);
    case "Home":
      return clamp(0);
    case "End":
      return clamp(count - 1);
    default:
      return null;
  }
}
