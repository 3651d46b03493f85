"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { BucketSelect } from "@/components/catalog/bucket-select";
import { QueryError } from "@/components/failure/query-error";
import { latePiece } from "@/components/late/late-piece";
import { useLocale, useT } from "@/components/locale/i18n-provider";
import { replaceQuery } from "@/components/shell/replace-query";
import { Field } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { SkeletonLines } from "@/components/ui/skeleton";
import { connectionsQuery } from "@/lib/client/connection-queries";
import { compareNames } from "@/lib/format/compare-names";

const BucketBrowser = latePiece({
  texts: ["browse", "error", "object"],
  load: async () => (await import("./bucket-browser")).BucketBrowser,
});

/** Any bucket of any account, outside a migration; which one stands in the address. */
export function BucketScreen() {
  const { t } = useT();
  const locale = useLocale();
  const search = useSearchParams();
  const connections = useQuery(connectionsQuery());
  const accounts = (connections.data?.connections ?? [])
    .filter(({ kind }) => kind === "cloud_account")
    .toSorted((a, b) => compareNames(a.name, b.name, locale));
  const asked = search.get("account");
  const account = accounts.find(({ id }) => id === asked)?.id ?? accounts[0]?.id ?? null;
  const bucket = search.get("bucket") || null;
  const go = (next: { account: string; bucket: string | null }) => {
    const query = new URLSearchParams({ account: next.account });
    if (next.bucket !== null) query.set("bucket", next.bucket);
    replaceQuery(query.toString());
  };
  return (
    <div className="page">
      <nav aria-label={t("shell.breadcrumb")} className="mb-1 flex items-center gap-1.5 text-cap text-fg-2">
        <Link href="/connections" className="link">
          {t("browse.back")}
        </Link>
        <span aria-hidden>/</span>
        <span>{t("browse.title")}</span>
      </nav>
      <h1>{t("browse.title")}</h1>
      <p className="mb-4 text-fg-2">{t("browse.intro")}</p>
      {connections.isPending ? <SkeletonLines lines={3} label={t("connections.loading")} /> : null}
      {connections.data ? null : (
        <QueryError query={connections} title={t("connections.error.list")} className="mb-4" />
      )}
      {connections.data && account === null ? <p>{t("browse.account.none")}</p> : null}
      {account === null ? null : (
        <>
          <div className="grid gap-x-4 sm:grid-cols-2 lg:max-w-[60rem]">
            <Field id="bucket-account" label={t("browse.account")}>
              {(control) => (
                <Select
                  {...control}
                  value={account}
                  onChange={(event) => go({ account: event.target.value, bucket: null })}
                >
                  {accounts.map(({ id, name, sandbox }) => (
                    <option key={id} value={id}>
                      {sandbox ? `${name} (${t("connections.sandbox")})` : name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <BucketSelect
              id="bucket-name"
              connectionId={account}
              value={bucket}
              onChange={(name) => go({ account, bucket: name })}
            />
          </div>
          {bucket === null ? null : (
            <BucketBrowser key={`${account} ${bucket}`} connectionId={account} bucket={bucket} />
          )}
        </>
      )}
    </div>
  );
}
