import { access } from "node:fs/promises";

/** Whether there is a file or a folder of this name. */
export function isThere(name: string): Promise<boolean> {
  return access(name).then(
    () => true,
    () => false,
  );
}
