import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type FileHandle, open } from "node:fs/promises";
import { connect, createServer } from "node:net";
import path from "node:path";
import { errorCode } from "@/lib/diagnosis/error-code";

export const LIFE_SOCKET_NAME = /^lock-[0-9a-f]{8}\.sock$/;

export interface LifeSocket {
  /** Its file in the folder; null where there can be none (a file system without sockets, another system than Linux and Windows). */
  name: string | null;
  close(): Promise<void>;
}

/**
 * Listens on a socket in `folder` for as long as this process lives: the kernel itself answers who asks whether it does,
 * also while the process is stopped, and across containers, where process ids mean nothing.
 */
export async function openLifeSocket(folder: string): Promise<LifeSocket> {
  const name = `lock-${randomBytes(4).toString("hex")}.sock`;
  const server = createServer((asker) => asker.destroy());
  let handle: FileHandle | null = null;
  try {
    handle = await openFolder(folder);
    server.listen(placeOf(handle, name));
    await once(server, "listening");
  } catch {
    await handle?.close();
    return { name: null, close: () => Promise.resolve() };
  }
  server.unref();
  const kept = handle;
  return {
    name,
    close: async () => {
      // Removes the file too, by the path that the open folder gives it.
      await new Promise((closed) => server.close(closed));
      await kept?.close();
    },
  };
}

/**
 * Whether somebody listens on the socket `name` of `folder`. Only the kernel that holds it knows: on a file system that
 * other machines share, "dead" says nothing of them. Null when it can't be told.
 */
export async function askLifeSocket(folder: string, name: string): Promise<"alive" | "dead" | null> {
  const handle = await openFolder(folder).catch(() => undefined);
  if (handle === undefined) return null;
  try {
    const asking = connect(placeOf(handle, name));
    try {
      await once(asking, "connect");
      return "alive";
    } catch (error) {
      return errorCode(error) === (handle === null ? "ENOENT" : "ECONNREFUSED") ? "dead" : null;
    } finally {
      asking.destroy();
    }
  } finally {
    await handle?.close();
  }
}

/** Null on Windows, where what is listened on lies in no folder and goes with its process. */
async function openFolder(folder: string): Promise<FileHandle | null> {
  return process.platform === "win32" ? null : open(folder, "r");
}

/**
 * A socket's path has room for a hundred bytes, a data folder's may be longer. Of Windows a named pipe:
 * https://nodejs.org/docs/latest-v20.x/api/net.html#identifying-paths-for-ipc-connections
 */
function placeOf(folder: FileHandle | null, name: string): string {
  if (folder === null) return `\\\\.\\pipe\\chainferry-${name}`;
  return path.join("/proc/self/fd", String(folder.fd), name);
}
