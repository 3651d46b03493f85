import { queryOptions } from "@tanstack/react-query";
import { RecordFileListView } from "@/lib/contracts/record-file";
import { apiGet } from "./api";
import { type RecordTaskRef, recordKeys, recordPath } from "./record-queries";

/** *View File Details* */
export function recordFilesQuery(task: RecordTaskRef) {
  const search = new URLSearchParams({ connectionId: task.connectionId, instanceId: task.instanceId });
  return queryOptions({
    queryKey: recordKeys.files(task),
    queryFn: ({ signal }) =>
      apiGet(`${recordPath(task.rdsTaskId)}/files?${search}`, RecordFileListView, { signal }),
    refetchInterval: 5_000,
  });
}
