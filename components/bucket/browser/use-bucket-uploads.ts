"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { toApiProblem } from "@/lib/client/api-problem";
import {
  beginBucketUpload,
  bucketUploadPath,
  cancelBucketUpload,
  refreshObjects,
} from "@/lib/client/bucket-objects";
import { type Sending, sendInWorker } from "@/lib/client/upload/send-in-worker";
import { problemFailure } from "@/lib/client/upload/upload-item";
import type { FromWorker, UploadFailure } from "@/lib/client/upload/worker-messages";

export interface BucketUpload {
  id: number;
  file: File;
  prefix: string;
  doneBytes: number;
  state:
    | { kind: "waiting" | "sending" | "cancelled" }
    | { kind: "done"; key: string; crc64: string }
    | { kind: "failed"; failure: UploadFailure };
}

/** Files on their way into a bucket, one at a time, for as long as the page is open; leaving it gives them up. */
export function useBucketUploads(connectionId: string, bucket: string) {
  const queryClient = useQueryClient();
  const [uploads, setUploads] = useState<readonly BucketUpload[]>([]);
  const counter = useRef(0);
  const line = useRef<{ id: number; sending: Sending | null; upload: string | null } | null>(null);

  const change = useCallback((id: number, patch: Partial<BucketUpload>) => {
    setUploads((before) => before.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  }, []);

  const end = useCallback(
    (id: number, state: BucketUpload["state"]) => {
      if (line.current?.id === id) {
        line.current.sending?.end();
        line.current = null;
      }
      change(id, { state });
    },
    [change],
  );

  const start = useCallback(
    async ({ id, file, prefix }: BucketUpload) => {
      const own = { id, sending: null as Sending | null, upload: null as string | null };
      line.current = own;
      change(id, { state: { kind: "sending" } });
      const hear = (message: FromWorker) => {
        switch (message.type) {
          case "progress":
            change(id, { doneBytes: message.progress.doneBytes });
            break;
          case "completed": {
            const { objectKey: key, receipt } = message.upload;
            end(id, { kind: "done", key, crc64: receipt?.crc64 ?? "" });
            void refreshObjects(queryClient, connectionId, bucket);
            break;
          }
          case "again":
            end(id, { kind: "failed", failure: { kind: "gone" } });
            break;
          case "failed":
            end(id, { kind: "failed", failure: message.failure });
            break;
          case "no_answer":
            // There is one way only: it goes on trying.
            own.sending?.tell({ type: "way", way: "relay" });
            break;
          case "completing":
            break;
        }
      };
      try {
        const input = { prefix, name: file.name, sizeBytes: file.size, modifiedMs: file.lastModified };
        const session = await beginBucketUpload(connectionId, bucket, input);
        own.upload = session.upload.id;
        // Cancelled meanwhile.
        if (line.current !== own) return void (await cancelBucketUpload(connectionId, bucket, own.upload));
        const path = bucketUploadPath(connectionId, bucket, own.upload);
        own.sending = sendInWorker({ file, path, session, way: "relay", onMessage: hear });
      } catch (error) {
        end(id, { kind: "failed", failure: problemFailure(toApiProblem(error).problem) });
      }
    },
    [bucket, change, connectionId, end, queryClient],
  );

  const next = uploads.find(({ state }) => state.kind === "waiting");
  const isBusy = uploads.some(({ state }) => state.kind === "sending");
  useEffect(() => {
    if (next && !isBusy) void start(next);
  }, [next, isBusy, start]);

  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isBusy]);

  const giveUp = useCallback(() => {
    const own = line.current;
    line.current = null;
    own?.sending?.end();
    // OSS would keep its parts, and somebody would pay for them.
    if (own?.upload) void cancelBucketUpload(connectionId, bucket, own.upload).catch(() => undefined);
  }, [bucket, connectionId]);
  useEffect(() => giveUp, [giveUp]);

  return {
    uploads,
    add: (files: readonly File[], prefix: string) =>
      setUploads((before) => [
        ...before,
        ...files.map((file) => {
          counter.current += 1;
          return { id: counter.current, file, prefix, doneBytes: 0, state: { kind: "waiting" as const } };
        }),
      ]),
    cancel: (id: number) => {
      if (line.current?.id === id) giveUp();
      change(id, { state: { kind: "cancelled" } });
    },
  };
}
