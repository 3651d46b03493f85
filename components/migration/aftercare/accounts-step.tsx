"use client";

import { useState } from "react";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { Table, TableHead, Td, Th, Tr } from "@/components/ui/table";
import type { AftercareUser } from "@/lib/contracts/aftercare";
import { useAftercare } from "./aftercare-context";
import { CreateAccountDialog } from "./create-account-dialog";

/** Users of the source with what each may do, and the account that stands for it on RDS or the way to make one. */
export function AccountsStep({ database }: { database: string }) {
  const { t } = useT();
  const { view } = useAftercare();
  const [creates, setCreates] = useState<AftercareUser | null>(null);
  const { users, inventoryGap } = view;
  return (
    <>
      <p>{t("aftercare.accounts.about")}</p>
      {inventoryGap ? <p className="mt-2">{t(`aftercare.accounts.${inventoryGap}`)}</p> : null}
      {inventoryGap === null && users.length === 0 ? (
        <p className="mt-2">{t("aftercare.accounts.none")}</p>
      ) : null}
      {users.length > 0 ? (
        <div className="mt-2 rounded-md border border-border">
          <Table caption={t("aftercare.accounts.caption")} compact>
            <TableHead>
              <Th>{t("aftercare.accounts.user")}</Th>
              <Th>{t("aftercare.accounts.kind")}</Th>
              <Th>{t("aftercare.accounts.rights")}</Th>
              <Th>{t("aftercare.accounts.on_rds")}</Th>
            </TableHead>
            <tbody>
              {users.map((user) => (
                <Tr key={user.user}>
                  <Td className="wrap-anywhere">
                    {user.user}
                    {user.login && user.login !== user.user ? (
                      <span className="block text-cap text-fg-2">{user.login}</span>
                    ) : null}
                  </Td>
                  <Td>
                    {t(`aftercare.kind.${user.kind}`)}
                    {user.disabled ? `, ${t("aftercare.accounts.disabled")}` : ""}
                  </Td>
                  <Td className="wrap-anywhere">
                    {[...user.roles, ...user.rights].join(", ") || t("aftercare.accounts.no_rights")}
                  </Td>
                  <Td>
                    <OnRds user={user} onCreate={() => setCreates(user)} />
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
      {creates ? (
        <CreateAccountDialog user={creates} database={database} onClose={() => setCreates(null)} />
      ) : null}
    </>
  );
}

function OnRds({ user, onCreate }: { user: AftercareUser; onCreate: () => void }) {
  const { t, tx } = useT();
  const { onRds } = user;
  if (!user.possible) {
    return (
      <span className="text-fg-2">
        {t(user.kind === "none" ? "aftercare.accounts.impossible_none" : "aftercare.accounts.impossible")}
      </span>
    );
  }
  if (onRds?.privilege) {
    const privilege = tx(`aftercare.privilege.${onRds.privilege}`, {}, onRds.privilege);
    return <span>{t("aftercare.accounts.there", { account: onRds.name, privilege })}</span>;
  }
  return (
    <>
      {onRds ? (
        <span className="block">{t("aftercare.accounts.no_right", { account: onRds.name })}</span>
      ) : null}
      <Button size="sm" onClick={onCreate}>
        {t(onRds ? "aftercare.accounts.grant" : "aftercare.accounts.create")}
      </Button>
    </>
  );
}
