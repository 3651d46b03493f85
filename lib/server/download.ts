import type { ReadStream } from "node:fs";

/** A file to save. Its name is reduced to letters that need no quoting in a header. */
export function csvDownload(text: string, name: string): Response {
  return download(text, name, "text/csv; charset=utf-8");
}

/** The same, sent as it is read: nothing of it is gathered. What throws later breaks the connection, so that no file seems whole. */
export function csvStream(pieces: AsyncGenerator<string, void>, name: string): Response {
  return download(streamOf(pieces), name, "text/csv; charset=utf-8");
}

/** The same of JSON, a value a line. */
export function jsonLinesStream(pieces: AsyncGenerator<string, void>, name: string): Response {
  return download(streamOf(pieces), name, "application/x-ndjson; charset=utf-8");
}

function streamOf(pieces: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await pieces.return();
    },
  });
}

/** A JSON file to save. */
export function jsonDownload(value: object, name: string): Response {
  return download(`${JSON.stringify(value, null, 2)}\n`, name, "application/json; charset=utf-8");
}

/** A backup of the store, as it is read. What breaks it off breaks the connection; its end is checked when it is restored. */
export function backupDownload(file: ReadStream): Response {
  const pieces = file[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void file.destroy(),
  });
  return download(body, "chainferry.backup", "application/gzip");
}

function download(text: string | ReadableStream<Uint8Array>, name: string, type: string): Response {
  return new Response(text, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name.replaceAll(/[^A-Za-z0-9._-]/g, "_")}"`,
      "cache-control": "no-store",
    },
  });
}
