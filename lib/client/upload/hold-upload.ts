/**
 * Makes this tab the only one of the browser that sends an upload: resolves to what gives it up, or to null at once
 * when another tab has it. Without locks (a page that is not served securely) it is always granted: two senders cost
 * time, not correctness.
 */
export function holdUpload(uploadId: string): Promise<(() => void) | null> {
  if (!("locks" in navigator)) return Promise.resolve(() => undefined);
  return new Promise((granted, failed) => {
    navigator.locks
      .request(`chainferry-upload-${uploadId}`, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          granted(null);
          return undefined;
        }
        return new Promise<void>((release) => granted(release));
      })
      .catch(failed);
  });
}
