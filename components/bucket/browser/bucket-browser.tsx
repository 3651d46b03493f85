"use client";

import { FileSearch, Trash2 } from "lucide-react";
import { useState } from "react";
import { judgeSeen } from "@/components/catalog/judge-object";
import { ObjectPicker } from "@/components/catalog/object-picker";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Mono } from "@/components/ui/mono";
import { Panel } from "@/components/ui/panel";
import { BucketUploads } from "./bucket-uploads";

const HeaderDrawer = latePiece({
  texts: ["browse", "object"],
  load: async () => (await import("./header-drawer")).HeaderDrawer,
});
const DeleteObjectDialog = latePiece({
  texts: ["browse"],
  load: async () => (await import("./delete-object-dialog")).DeleteObjectDialog,
});

/** The objects of a bucket by prefix, what the chosen one is, and files for it. */
export function BucketBrowser({ connectionId, bucket }: { connectionId: string; bucket: string }) {
  const { t } = useT();
  const [chosen, setChosen] = useState<string | null>(null);
  const [shown, setShown] = useState<"header" | "delete" | null>(null);
  const place = { connectionId, bucket };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <section aria-label={t("browse.objects")}>
        <ObjectPicker
          {...place}
          prefix=""
          selectedKey={chosen}
          onSelect={setChosen}
          judge={judgeSeen}
          fits={t("browse.readable")}
          choosesAny
        />
      </section>
      <Panel title={t("browse.selected")}>
        <div className="flex flex-wrap items-center gap-2 px-4 py-3" role="status">
          {chosen === null ? (
            <p className="text-fg-2 text-table">{t("browse.selected.none")}</p>
          ) : (
            <>
              <Mono className="min-w-0 flex-[1_1_240px] wrap-anywhere">{chosen}</Mono>
              <Button size="sm" icon={FileSearch} onClick={() => setShown("header")}>
                {t("browse.show")}
              </Button>
              <Button size="sm" variant="danger" icon={Trash2} onClick={() => setShown("delete")}>
                {t("browse.delete")}
              </Button>
            </>
          )}
        </div>
      </Panel>
      <BucketUploads {...place} />
      {chosen !== null && shown === "header" ? (
        <HeaderDrawer {...place} objectKey={chosen} onClose={() => setShown(null)} />
      ) : null}
      {chosen !== null && shown === "delete" ? (
        <DeleteObjectDialog
          {...place}
          objectKey={chosen}
          onClose={() => setShown(null)}
          onDeleted={() => {
            setShown(null);
            setChosen(null);
          }}
        />
      ) : null}
    </div>
  );
}
