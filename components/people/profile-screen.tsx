"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "@/components/failure/error-panel";
import { QueryError } from "@/components/failure/query-error";
import { latePiece } from "@/components/late/late-piece";
import { useT } from "@/components/locale/i18n-provider";
import { Button, ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { SkeletonLines } from "@/components/ui/skeleton";
import { proving } from "@/lib/client/proving";
import { profileQuery, signOut } from "@/lib/client/session-queries";
import { PasskeysPanel } from "./passkeys-panel";
import { PasswordForm } from "./password-form";

const OwnChannels = latePiece({
  texts: ["settings"],
  load: async () => (await import("@/components/channels/channels-panel")).ChannelsPanel,
});

/** Who one is here, one's password, how one is told, and the way out. */
export function ProfileScreen() {
  const { t } = useT();
  const profile = useQuery(profileQuery());
  const leave = useMutation(signOut());
  const { data } = profile;
  return (
    <div className="page max-w-160">
      <h1>{t("people.profile.title")}</h1>
      {data ? null : <QueryError query={profile} title={t("people.profile.error")} />}
      {profile.isPending ? <SkeletonLines lines={3} label={t("people.loading")} /> : null}
      {leave.isError ? (
        <ErrorPanel title={t("people.profile.leave.failed")} error={leave.error} className="mb-4" />
      ) : null}
      {data ? (
        <>
          <p className="mb-4 text-fg-2">
            {t("people.profile.who", { name: data.name, role: t(`people.role.${data.role}`) })}{" "}
            {t(`people.role.${data.role}.text`)}
          </p>
          <div className="mb-4 flex flex-wrap gap-2">
            <Button
              busy={leave.isPending}
              onClick={() =>
                leave.mutate(undefined, {
                  onSuccess: ({ url }) => {
                    proving.left = true;
                    location.assign(url ?? "/sign-in");
                  },
                })
              }
            >
              {t("people.profile.leave")}
            </Button>
            <ButtonLink href="/sessions">{t("people.sessions.title")}</ButtonLink>
            {data.role === "viewer" ? null : (
              <ButtonLink href="/shares" className="for-unlimited">
                {t("people.profile.shares")}
              </ButtonLink>
            )}
            {data.role === "administrator" ? (
              <>
                <ButtonLink href="/people">{t("people.title")}</ButtonLink>
                <ButtonLink href="/ways-in">{t("people.profile.ways")}</ButtonLink>
                <ButtonLink href="/audit">{t("people.profile.audit")}</ButtonLink>
              </>
            ) : null}
          </div>
          {data.identity === null ? (
            <>
              <Panel title={t(data.hasPassword ? "people.password.change" : "people.password.first")}>
                <PasswordForm name={data.name} needsCurrent={data.needsCurrent} />
              </Panel>
              <PasskeysPanel />
            </>
          ) : (
            <p className="text-fg-2">{t(`people.profile.by.${data.identity}`)}</p>
          )}
          <div className="mt-4">
            <OwnChannels mine />
          </div>
        </>
      ) : null}
    </div>
  );
}
