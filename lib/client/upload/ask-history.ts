import { storedHeader } from "@/lib/backup/stored-header";
import { RecordedFileView } from "@/lib/contracts/browser-upload";
import { apiGet } from "../api";
import type { DroppedFile } from "./read-drop";
import { uploadsPath } from "./upload-queries";

/**
 * Asks the source's history what a dropped file is whose bytes cannot be read here: one that it knows by name and size is judged
 * like any other. An encrypted one stays a question, as nobody can see from here whether RDS has its certificate. Where nobody
 * knows it, or nobody can be asked, the file is as it was.
 */
export async function askHistory(
  migrationId: string,
  file: File,
  dropped: DroppedFile,
): Promise<DroppedFile> {
  const { reading } = dropped;
  if (reading.ok || reading.error.code !== "unsupported_container") return dropped;
  try {
    const query = new URLSearchParams({ name: file.name, sizeBytes: `${file.size}` });
    const { header } = await apiGet(`${uploadsPath(migrationId)}/history?${query}`, RecordedFileView);
    const set = storedHeader(header);
    if (set === null) return dropped;
    const { reads, bytesRead, sizeBytes } = reading;
    const known: DroppedFile["reading"] = {
      ...{ reads, bytesRead, sizeBytes },
      ...{ ok: true, container: "mssqlbak", complete: true, sets: [set] },
    };
    return { ...dropped, by: "history", reading: known };
  } catch {
    // Then a person says whether it is sent, as of any file that nobody knows.
    return dropped;
  }
}
