import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { RecordListView } from "@/lib/contracts/record";
import type { RecordsFilter } from "@/lib/contracts/record-input";
import { apiGet } from "./api";

export const recordKeys = {
  all: ["records"] as const,
  list: (filter: RecordsFilter) => ["records", "list", filter] as const,
  files: (task: RecordTaskRef) => ["records", "files", task] as const,
};

/** A task by the account and instance that it belongs to. */
export interface RecordTaskRef {
  connectionId: string;
  instanceId: string;
  rdsTaskId: string;
}

export const recordPath = (rdsTaskId: string) => `/api/records/${encodeURIComponent(rdsTaskId)}`;

/** Tasks of the instance in the days asked for, read again every five seconds while looked at. */
export function recordsQuery(filter: RecordsFilter) {
  return queryOptions({
    queryKey: recordKeys.list(filter),
    queryFn: ({ signal }) =>
      apiGet(`/api/records?${new URLSearchParams({ ...filter })}`, RecordListView, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  });
}

/** Address of the same list as CSV. */
export function recordsExportHref(filter: RecordsFilter): string {
  return `/api/records/export?${new URLSearchParams({ ...filter })}`;
}

/** Address of the providers' messages on record that nothing is known of, as CSV. */
export const UNKNOWN_MESSAGES_HREF = "/api/records/unknown";
