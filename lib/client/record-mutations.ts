import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import type { OpenDatabaseInput, UploadIncrementalInput } from "@/lib/contracts/record-input";
import { apiSend } from "./api";
import { recordKeys, recordPath } from "./record-queries";

const Accepted = z.object({ rdsTaskId: z.string() });
const Requested = z.object({ requestId: z.string().nullable() });

/** *Upload Incremental Files*: the server reads the object's header again before it submits anything. */
export function uploadIncremental(queryClient: QueryClient, rdsTaskId: string) {
  return mutationOptions({
    mutationKey: ["records", "incremental", rdsTaskId],
    mutationFn: (input: UploadIncrementalInput) =>
      apiSend("POST", `${recordPath(rdsTaskId)}/incremental`, input, Accepted),
    onSettled: () => queryClient.invalidateQueries({ queryKey: recordKeys.all }),
  });
}

/** *Open Database* */
export function openDatabase(queryClient: QueryClient, rdsTaskId: string) {
  return mutationOptions({
    mutationKey: ["records", "open", rdsTaskId],
    mutationFn: (input: OpenDatabaseInput) =>
      apiSend("POST", `${recordPath(rdsTaskId)}/open`, input, Requested),
    onSettled: () => queryClient.invalidateQueries({ queryKey: recordKeys.all }),
  });
}
