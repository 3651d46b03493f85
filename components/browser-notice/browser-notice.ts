export const BROWSER_NOTICES = ["on", "off"] as const;
export type BrowserNotices = (typeof BROWSER_NOTICES)[number];

const STORAGE_KEY = "browser-notices";

/** Whether this browser tells of what happens behind its other windows: chosen here, and allowed by its user. */
export function readBrowserNotices(): BrowserNotices {
  try {
    const chosen = localStorage.getItem(STORAGE_KEY) === "on";
    return chosen && "Notification" in window && Notification.permission === "granted" ? "on" : "off";
  } catch {
    return "off";
  }
}

/** Chooses, asking the browser's user for leave when it takes that. Returns what holds now: `off` where leave was not given. */
export async function setBrowserNotices(next: BrowserNotices): Promise<BrowserNotices> {
  try {
    if (next === "on" && "Notification" in window) await Notification.requestPermission();
    localStorage.setItem(STORAGE_KEY, next);
  } catch {
    return "off";
  }
  return readBrowserNotices();
}

/**
 * Says something over the other windows while nobody looks at this one. `tag`: what is said later under the same one takes its
 * place. Pressing it brings the page to the front.
 */
export function showBrowserNotice(title: string, tag: string): void {
  if (!document.hidden || readBrowserNotices() === "off") return;
  const notice = new Notification(title, { tag, icon: "/icon.svg" });
  notice.onclick = () => {
    window.focus();
    notice.close();
  };
}
