"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";

type Announce = (text: string, urgency?: "polite" | "assertive") => void;

const AnnounceContext = createContext<Announce>(() => {});
const DEBOUNCE_MS = 400;

/** The page's two live regions. What comes within a moment is said together, in order. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  const pending = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const announce = useCallback<Announce>((text, urgency = "polite") => {
    if (urgency === "assertive") {
      setAssertive(text);
      return;
    }
    pending.current.push(text);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setPolite([...new Set(pending.current)].join(" "));
      pending.current = [];
    }, DEBOUNCE_MS);
  }, []);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div role="status" aria-live="polite" className="sr-only">
        {polite}
      </div>
      <div role="alert" aria-live="assertive" className="sr-only">
        {assertive}
      </div>
    </AnnounceContext.Provider>
  );
}

/** Speaks a change of state. Never ticks, never percents. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
