"use client";

import { useT } from "@/components/locale/i18n-provider";
import { Panel } from "@/components/ui/panel";
import type { ConnectionView } from "@/lib/contracts/connection";
import { LoginScript } from "./login-script";
import { RamPolicyScript } from "./ram-policy-script";

/** What a login and a RAM user need, and no more, filled in and to copy. */
export function ScriptsPanel({ connections }: { connections: readonly ConnectionView[] }) {
  const { t } = useT();
  const source = connections.find((view) => view.kind === "sql_server");
  const account = connections.find((view) => view.kind === "cloud_account");
  return (
    <Panel title={t("connections.scripts.title")} note={t("connections.scripts.note")}>
      <ul className="divide-y divide-border">
        <LoginScript key={source?.id} source={source ?? null} />
        <RamPolicyScript key={account?.id} account={account ?? null} />
      </ul>
    </Panel>
  );
}
