"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { EntryFrame } from "@/components/entry/entry-frame";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Timestamp } from "@/components/locale/timestamp";
import { useFormat } from "@/components/locale/use-format";
import { StageRail } from "@/components/migration/header/stage-rail";
import { chooseForWall } from "@/components/wall/choose-for-wall";
import { WallFrame } from "@/components/wall/wall-frame";
import { WallTile } from "@/components/wall/wall-tile";
import { ApiProblem } from "@/lib/client/api-problem";
import { sharedQuery } from "@/lib/client/share-queries";

/** What a link shows to whoever has it: live, with nothing to press and nothing that leads further. */
export function SharedScreen() {
  const { t } = useT();
  const format = useFormat();
  const token = useToken();
  const { data, error, dataUpdatedAt } = useQuery(sharedQuery(token ?? ""));
  if (token === null) return null;
  if (token === "" || (error && !data) || isOver(error)) {
    return (
      <EntryFrame title={t("share.page.title")}>
        {error ? (
          <ErrorPanel title={t("share.page.failed")} error={error} />
        ) : (
          <p role="status">{t("share.page.part")}</p>
        )}
      </EntryFrame>
    );
  }
  const { shown, more } =
    data?.of === "migration"
      ? { shown: data.migrations, more: 0 }
      : chooseForWall(data?.migrations ?? [], null);
  const [only] = shown;
  return (
    <WallFrame
      migrations={shown}
      more={more}
      failure={error ? t("wall.stale", { time: format.instant(dataUpdatedAt, "seconds") }) : null}
      isKnown={data !== undefined}
      foot={
        data ? (
          <>
            {data.of === "migration" && only ? <StageRail stages={only.stages} className="w-full" /> : null}
            <p className="text-table text-fg-2">
              {t("share.page.until")} <Timestamp at={data.expiresAt} style="full" />
            </p>
          </>
        ) : null
      }
      tileOf={(migration) => <WallTile key={migration.id} migration={migration} />}
    />
  );
}

/** What stands behind the `#`; it stays there, so that the page can be loaded again. Null until the browser has said it. */
function useToken(): string | null {
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    const read = () => setToken(location.hash.slice(1));
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return token;
}

/** Told apart from a server that does not answer for a moment: what was shown is not shown any longer. */
function isOver(error: unknown): boolean {
  return error instanceof ApiProblem && error.reason === "share_not_valid";
}
