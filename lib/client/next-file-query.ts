import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { apiGet } from "./api";
import { type RecordTaskRef, recordKeys, recordPath } from "./record-queries";

const Judged = z.object({ key: z.string() });

/** What the server says of an object as the task's next file; an error is its refusal. */
export function nextFileQuery(task: RecordTaskRef, object: { bucket: string; key: string }) {
  const { connectionId, instanceId } = task;
  const search = new URLSearchParams({ connectionId, instanceId, ...object });
  return queryOptions({
    queryKey: [...recordKeys.files(task), "next", object] as const,
    queryFn: ({ signal }) =>
      apiGet(`${recordPath(task.rdsTaskId)}/incremental?${search}`, Judged, { signal }),
    retry: false,
  });
}
