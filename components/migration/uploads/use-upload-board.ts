"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { boardOf, type UploadBoard } from "@/lib/client/upload/upload-board";
import type { UploadItem } from "@/lib/client/upload/upload-item";

/** The files dropped for a migration in this tab, and what may be done with them. */
export function useUploadBoard(migrationId: string): { board: UploadBoard; items: readonly UploadItem[] } {
  const queryClient = useQueryClient();
  const board = useMemo(() => boardOf(migrationId, queryClient), [migrationId, queryClient]);
  const items = useSyncExternalStore(board.subscribe, board.snapshot, board.snapshot);
  return { board, items };
}
