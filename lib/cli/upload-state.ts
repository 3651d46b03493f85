import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "@/lib/files/replace-file";
import { UploadCheckpoint } from "@/lib/migration/upload-checkpoint";

export interface UploadState {
  /** Of an earlier run that was interrupted; null: none. */
  checkpoint: UploadCheckpoint | null;
  save(checkpoint: UploadCheckpoint): Promise<void>;
  /** After the end. */
  forget(): Promise<void>;
}

/** The checkpoint of one file on its way to one object, in a folder that only this user may read. */
export async function openUploadState(
  folder: string,
  upload: { bucket: string; key: string; localPath: string },
): Promise<UploadState> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = createHash("sha256")
    .update([upload.bucket, upload.key, upload.localPath].join("\n"))
    .digest("hex")
    .slice(0, 32);
  const path = join(folder, `${name}.json`);
  const text = await readFile(path, "utf8").catch(() => null);
  return {
    checkpoint: text === null ? null : readCheckpoint(text),
    save: async (checkpoint) => {
      await writeFile(`${path}.new`, JSON.stringify(checkpoint), { mode: 0o600 });
      await replaceFile(`${path}.new`, path);
    },
    forget: () => rm(path, { force: true }),
  };
}

/** Null for what is no checkpoint: the upload then begins anew. */
function readCheckpoint(text: string): UploadCheckpoint | null {
  try {
    return UploadCheckpoint.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
