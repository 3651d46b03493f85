"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { createDraft, putDraft } from "@/lib/client/draft-mutations";
import { migrationKeys } from "@/lib/client/migration-keys";
import { migrationQuery } from "@/lib/client/migration-queries";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { DraftSaver, type SaveState } from "./draft-saver";

const PAUSE_MS = 600;

export interface DraftHandle {
  /** Null until the first save has made the draft. */
  id: string | null;
  draft: MigrationDraft;
  /** What the server is known to hold: probes and blockers are about this one. */
  savedDraft: MigrationDraft;
  saveState: SaveState;
  change: (next: (draft: MigrationDraft) => MigrationDraft) => void;
  /** Saves now and makes the draft if there is none; rejects when the server did not take it. Returns its id. */
  saveNow: () => Promise<string>;
  /** Takes what the server holds, in place of what is here. */
  reread: () => Promise<void>;
}

/** The wizard's draft: changed here at once, saved on the server soon after, never lost by leaving. */
export function useDraft(
  initial: { id: string | null; draft: MigrationDraft },
  onCreated: (id: string) => void,
): DraftHandle {
  const queryClient = useQueryClient();
  const idRef = useRef(initial.id);
  const created = useRef(onCreated);
  created.current = onCreated;
  const [saver] = useState(
    () =>
      new DraftSaver(
        initial.draft,
        async (draft) => {
          const id = idRef.current;
          const view = id === null ? await createDraft(draft) : await putDraft(id, draft);
          queryClient.setQueryData(migrationKeys.detail(view.id), view);
          queryClient.invalidateQueries({ queryKey: migrationKeys.list });
          if (id !== null) return;
          idRef.current = view.id;
          created.current(view.id);
        },
        { pauseMs: PAUSE_MS, now: () => Date.now() },
      ),
  );
  useSyncExternalStore(
    saver.subscribe,
    () => saver.version,
    () => 0,
  );
  useLeaving(saver);
  useReturning(saver, () => {
    const id = idRef.current;
    return id === null ? null : queryClient.fetchQuery({ ...migrationQuery(id), staleTime: 0 });
  });

  return {
    id: idRef.current,
    draft: saver.draft,
    savedDraft: saver.savedDraft,
    saveState: saver.state,
    change: useCallback((next) => saver.change(next(saver.draft)), [saver]),
    saveNow: useCallback(async () => {
      await saver.flush({ force: idRef.current === null });
      if (idRef.current === null) throw new Error("The draft was not made");
      return idRef.current;
    }, [saver]),
    reread: useCallback(async () => {
      const id = idRef.current;
      if (id === null) return;
      saver.adopt((await queryClient.fetchQuery({ ...migrationQuery(id), staleTime: 0 })).draft);
    }, [saver, queryClient]),
  };
}

/** Saves when the page is left; asks first when the tab is closed with something unsaved. */
function useLeaving(saver: DraftSaver): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.isDirty) event.preventDefault();
    };
    const save = () => {
      if (document.visibilityState === "hidden") saver.flush().catch(() => {});
    };
    window.addEventListener("beforeunload", warn);
    document.addEventListener("visibilitychange", save);
    return () => {
      window.removeEventListener("beforeunload", warn);
      document.removeEventListener("visibilitychange", save);
      saver.flush().catch(() => {});
    };
  }, [saver]);
}

/** Coming back to the tab shows what another browser saved meanwhile, unless something changed here while asking. */
function useReturning(saver: DraftSaver, read: () => Promise<{ draft: MigrationDraft }> | null): void {
  const current = useRef(read);
  current.current = read;
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState !== "visible" || saver.isDirty) return;
      const before = saver.version;
      const view = await current.current()?.catch(() => null);
      if (view && saver.version === before) saver.adopt(view.draft);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [saver]);
}
