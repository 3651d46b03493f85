import { mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { ApprovedFolders } from "@/lib/contracts/approved-folders";
import { apiGet, apiSend } from "./api";

const PATH = "/api/folders";
const KEY = ["folders"];

/** Folders that people who run migrations may use. */
export const approvedFoldersQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => apiGet(PATH, ApprovedFolders, { signal }),
});

/** Sets them, all of them. */
export function saveApprovedFolders(queryClient: QueryClient) {
  return mutationOptions({
    mutationFn: (folders: ApprovedFolders) => apiSend("PUT", PATH, folders, ApprovedFolders),
    onSuccess: (folders: ApprovedFolders) => queryClient.setQueryData(KEY, folders),
    onError: () => queryClient.invalidateQueries({ queryKey: KEY }),
  });
}
