"use client";

import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Callout } from "@/components/ui/callout";
import { verdictText } from "@/components/verdict/verdict-text";
import { ApiProblem } from "@/lib/client/api-problem";
import type { UploadItem } from "@/lib/client/upload/upload-item";
import type { UploadFailure } from "@/lib/client/upload/worker-messages";
import type { MigrationView } from "@/lib/contracts/migration";

/** Whether the file fits, before a byte is sent; and why it stopped, if it did. */
export function ItemVerdict({ view, item }: { view: MigrationView; item: UploadItem }) {
  const { t, tx } = useT();
  const { file, stage, judgement, upload, failure } = item;
  if (stage === "failed" && failure) return <Stopped failure={failure} name={file.name} />;
  if (stage === "elsewhere") {
    return (
      <Callout tone="warning" role="status" className="mt-2" title={t("upload.elsewhere")}>
        {t("upload.elsewhere.text")}
      </Callout>
    );
  }
  if (!judgement) return null;
  if (judgement.verdict === "continues") {
    const renamed =
      upload !== null && !upload.objectKey.endsWith(`/${file.name}`) && upload.objectKey !== file.name;
    return (
      <p className="text-table">
        {t("upload.continues")}
        {renamed ? (
          <span className="text-fg-2"> {t("upload.renamed", { key: upload.objectKey })}</span>
        ) : null}
      </p>
    );
  }
  if (stage !== "judged") return null;
  if (judgement.verdict === "unread") {
    return (
      <Callout
        tone="warning"
        role="status"
        className="mt-2"
        title={t(`upload.unread.${judgement.seal}`, { file: file.name })}
      >
        <p>{t("upload.unread.text")}</p>
        <p>{t("upload.nothing_sent")}</p>
      </Callout>
    );
  }
  const { problem, verdict } = judgement;
  const { what, needed, why } = verdictText(
    {
      kind: problem.kind,
      fromLsn: problem.fromLsn?.toString() ?? null,
      toLsn: problem.toLsn?.toString() ?? null,
      atLsn: view.chain.targetLsn ?? "none",
    },
    { t, tx },
  );
  return (
    <Callout
      tone={verdict === "refused" ? "danger" : "warning"}
      role="status"
      className="mt-2"
      title={t(`upload.${verdict}`, { what })}
    >
      <p className="text-fg">{needed}</p>
      <p>{why}</p>
      <p>{t("upload.nothing_sent")}</p>
    </Callout>
  );
}

function Stopped({ failure, name }: { failure: UploadFailure; name: string }) {
  const { t } = useT();
  const title = t("upload.stopped", { file: name });
  if (failure.kind === "problem") {
    return <ErrorPanel className="mt-2" title={title} error={new ApiProblem(failure.problem)} />;
  }
  const detail = failure.kind === "refused" ? failure.detail : "";
  return (
    <Callout tone="danger" role="alert" className="mt-2" title={title}>
      <p>{t(`upload.failure.${failure.kind}`, { detail })}</p>
      <p className="text-fg">{t(`upload.failure.${failure.kind}.do`)}</p>
    </Callout>
  );
}
