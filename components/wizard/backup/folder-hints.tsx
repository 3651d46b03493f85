"use client";

import { useT } from "@/components/locale/i18n-provider";
import { useSourceServer } from "../draft/draft-queries";
import type { StepProps } from "../draft/step-props";

/** Offers the folder that the server itself backs up to. */
export function SourceFolderHint({ handle: { draft, change }, sandbox }: StepProps) {
  const { t } = useT();
  const source = useSourceServer(draft);
  const path =
    sandbox !== null && draft.sourceConnectionId === sandbox.sourceConnectionId
      ? sandbox.sourceFolder
      : source.data?.defaultBackupPath;
  return (
    <>
      {t("wizard.backup.sourceFolder.help")}
      {path && draft.sourceFolder !== path ? (
        <Suggestion onTake={() => change((before) => ({ ...before, sourceFolder: path }))}>
          {t("wizard.backup.sourceFolder.default", { path })}
        </Suggestion>
      ) : null}
    </>
  );
}

/** Offers the sandbox's folder to its own server. */
export function LocalFolderHint({ handle: { draft, change }, sandbox }: StepProps) {
  const { t } = useT();
  const offered =
    sandbox !== null && draft.sourceConnectionId === sandbox.sourceConnectionId ? sandbox : null;
  return (
    <>
      {t("wizard.backup.localFolder.help")}
      {offered && draft.localFolder !== offered.localFolder ? (
        <Suggestion onTake={() => change((before) => ({ ...before, localFolder: offered.localFolder }))}>
          {t("wizard.backup.sandboxFolder")}
        </Suggestion>
      ) : null}
    </>
  );
}

function Suggestion({ onTake, children }: { onTake: () => void; children: string }) {
  return (
    <button type="button" className="link mt-0.5 block min-h-6 text-left wrap-anywhere" onClick={onTake}>
      {children}
    </button>
  );
}
