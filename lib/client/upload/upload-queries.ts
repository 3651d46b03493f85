import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  type BeginUploadInput,
  UploadAccessView,
  UploadListView,
  UploadSessionView,
} from "@/lib/contracts/browser-upload";
import { apiGet, apiSend } from "../api";
import { migrationPath } from "../migration-keys";
import { bucketReachQuery } from "./reach-bucket";

export const uploadsPath = (migrationId: string) => `${migrationPath(migrationId)}/uploads`;
export const uploadPath = (migrationId: string, uploadId: string) =>
  `${uploadsPath(migrationId)}/${encodeURIComponent(uploadId)}`;

/** Uploads of a migration; `version` is the migration's, so that a file that was imported changes what is judged. */
export function uploadListQuery(migrationId: string) {
  return queryOptions({
    queryKey: ["uploads", "list", migrationId],
    queryFn: ({ signal }) => apiGet(uploadsPath(migrationId), UploadListView, { signal }),
  });
}

/** Begins an upload or goes on with it. */
export function beginUpload(migrationId: string, file: BeginUploadInput): Promise<UploadSessionView> {
  return apiSend("POST", uploadsPath(migrationId), file, UploadSessionView);
}

export function cancelUpload(queryClient: QueryClient, migrationId: string) {
  return mutationOptions({
    mutationKey: ["uploads", "cancel", migrationId],
    mutationFn: (uploadId: string) => apiSend("DELETE", uploadPath(migrationId, uploadId), null, z.unknown()),
    onSettled: () => queryClient.invalidateQueries({ queryKey: uploadListQuery(migrationId).queryKey }),
  });
}

/** Adds the rule that lets this page send to the bucket, then tries it. */
export function allowAccess(queryClient: QueryClient, migrationId: string) {
  return mutationOptions({
    mutationKey: ["uploads", "allow", migrationId],
    mutationFn: () => apiSend("POST", `${uploadsPath(migrationId)}/access`, null, UploadAccessView),
    onSuccess: () => queryClient.fetchQuery({ ...bucketReachQuery(migrationId), staleTime: 0 }),
  });
}
