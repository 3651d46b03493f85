"use client";

import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Panel } from "@/components/ui/panel";
import type { ConnectionView } from "@/lib/contracts/connection";
import { ScriptItem } from "./script";

const LoginScript = latePiece({
  texts: ["connections"],
  load: async () => (await import("./login-script")).LoginScript,
});

const RamPolicyScript = latePiece({
  texts: ["connections"],
  load: async () => (await import("./ram-policy-script")).RamPolicyScript,
});

/** What a login and a RAM user need, and no more, filled in and to copy. */
export function ScriptsPanel({ connections }: { connections: readonly ConnectionView[] }) {
  const { t } = useT();
  const source = connections.find((view) => view.kind === "sql_server");
  const account = connections.find((view) => view.kind === "cloud_account");
  return (
    <Panel title={t("connections.scripts.title")} note={t("connections.scripts.note")}>
      <ul className="divide-y divide-border">
        <ScriptItem title={t("connections.scripts.sql")} about={t("connections.scripts.sql.text")}>
          <LoginScript key={source?.id} source={source ?? null} />
        </ScriptItem>
        <ScriptItem title={t("connections.scripts.ram")} about={t("connections.scripts.ram.text")}>
          <RamPolicyScript key={account?.id} account={account ?? null} />
        </ScriptItem>
      </ul>
    </Panel>
  );
}
