"use client";

import { useEffect } from "react";

/** Keeps the tab's title, also when the router writes the page's own title again (a refresh, another language). */
export function useDocumentTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return;
    const keep = () => {
      if (document.title !== title) document.title = title;
    };
    keep();
    const observer = new MutationObserver(keep);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title]);
}
