import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { UploadSessionView } from "@/lib/contracts/browser-upload";
import {
  type BeginBucketUploadInput,
  type DeleteObjectInput,
  DeleteObjectView,
} from "@/lib/contracts/bucket";
import { apiSend } from "./api";
import { catalogKeys } from "./catalog-keys";
import { connectionPath } from "./connection-queries";

const bucketPath = (connectionId: string, bucket: string) =>
  `${connectionPath(connectionId)}/buckets/${encodeURIComponent(bucket)}`;

export const bucketUploadPath = (connectionId: string, bucket: string, upload: string) =>
  `${bucketPath(connectionId, bucket)}/uploads/${encodeURIComponent(upload)}`;

export function deleteBucketObject(queryClient: QueryClient, connectionId: string, bucket: string) {
  return mutationOptions({
    mutationKey: ["catalog", connectionId, "buckets", bucket, "delete"],
    mutationFn: (input: DeleteObjectInput) =>
      apiSend("POST", `${bucketPath(connectionId, bucket)}/objects/delete`, input, DeleteObjectView),
    onSettled: () => refreshObjects(queryClient, connectionId, bucket),
  });
}

export function beginBucketUpload(
  connectionId: string,
  bucket: string,
  input: BeginBucketUploadInput,
): Promise<UploadSessionView> {
  return apiSend("POST", `${bucketPath(connectionId, bucket)}/uploads`, input, UploadSessionView);
}

export async function cancelBucketUpload(
  connectionId: string,
  bucket: string,
  upload: string,
): Promise<void> {
  await apiSend("DELETE", bucketUploadPath(connectionId, bucket, upload), null, z.unknown());
}

export function refreshObjects(
  queryClient: QueryClient,
  connectionId: string,
  bucket: string,
): Promise<void> {
  return queryClient.invalidateQueries({
    queryKey: [...catalogKeys.bucket(connectionId, bucket), "objects"],
  });
}
