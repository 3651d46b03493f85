import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/**
 * The other end of `bench upload`, a process of its own: takes bodies and forgets them. Checksums are not computed but
 * told beforehand over IPC, so that its work does not cover up the client's.
 */
interface Told {
  /** CRC-64 by `<part number>/<bytes>`, and of the whole object, decimal digits. */
  parts: Record<string, string>;
  whole: string;
}

let told: Told = { parts: {}, whole: "0" };
process.on("message", (message: Told | "cpu") => {
  if (message === "cpu") {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000 });
    return;
  }
  told = message;
  process.send?.("told");
});
process.on("disconnect", () => process.exit(0));

function answer(request: IncomingMessage, response: ServerResponse, received: number): void {
  const url = new URL(request.url ?? "/", "http://localhost");
  const number = url.searchParams.get("partNumber");
  response.setHeader("x-oss-request-id", "0");
  if (number !== null) {
    response.setHeader("ETag", `"${"0".repeat(32)}"`);
    response.setHeader("x-oss-hash-crc64ecma", told.parts[`${number}/${received}`] ?? "0");
    response.setHeader("Content-Length", "0");
    response.end();
    return;
  }
  response.setHeader("Content-Type", "application/xml");
  response.setHeader("x-oss-hash-crc64ecma", told.whole);
  const start = url.searchParams.has("uploads");
  response.end(
    start
      ? "<InitiateMultipartUploadResult><UploadId>bench</UploadId></InitiateMultipartUploadResult>"
      : '<CompleteMultipartUploadResult><ETag>"0-1"</ETag></CompleteMultipartUploadResult>',
  );
}

const server = createServer((request, response) => {
  let received = 0;
  request.on("data", (chunk: Buffer) => {
    received += chunk.length;
  });
  request.on("end", () => answer(request, response, received));
});
server.requestTimeout = 0;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : null });
});
