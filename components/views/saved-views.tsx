"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { ErrorPanel } from "@/components/failure/error-panel";
import { useT } from "@/components/locale/i18n-provider";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { savedViewsQuery, saveSavedViews } from "@/lib/client/history-queries";
import { PAGE_OF_VIEW, type SavedView } from "@/lib/contracts/saved-views";

interface SavedViewsProps {
  kind: SavedView["kind"];
  /** What the page's address says, without a place in the list. Empty: nothing to keep. */
  search: string;
}

/** Filters of this page that the person has kept, as links, and a name for the one that is shown. */
export function SavedViews({ kind, search }: SavedViewsProps) {
  const { t } = useT();
  const [asks, setAsks] = useState(false);
  const saved = useQuery(savedViewsQuery()).data;
  const work = useMutation(saveSavedViews(useQueryClient()));
  if (!saved) return null;
  const isOfPage = (view: SavedView) => PAGE_OF_VIEW[view.kind] === PAGE_OF_VIEW[kind];
  const views = saved.views.filter(isOfPage);
  const isKept = views.some((view) => view.search === search);
  const without = (name: string) =>
    saved.views.filter((view) => !isOfPage(view) || view.name.toLowerCase() !== name.toLowerCase());
  const keep = (name: string) =>
    work.mutate([...without(name), { name, kind, search }], { onSuccess: () => setAsks(false) });
  return (
    <section aria-label={t("views.title")} className="mt-2 print:hidden">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-table">
        {views.map((view) => (
          <span key={view.name} className="inline-flex min-w-0 items-center">
            <Link
              href={`${PAGE_OF_VIEW[kind]}?${view.search}`}
              className="link wrap-anywhere"
              {...(view.search === search && { "aria-current": "page" as const })}
            >
              {view.name}
            </Link>
            <IconButton
              size="sm"
              icon={X}
              label={t("views.remove", { name: view.name })}
              onClick={() => work.mutate(without(view.name))}
            />
          </span>
        ))}
        {asks || isKept || search === "" ? null : (
          <Button size="sm" variant="ghost" icon={Bookmark} onClick={() => setAsks(true)}>
            {t("views.keep")}
          </Button>
        )}
      </div>
      {asks ? <NameForm busy={work.isPending} onName={keep} onCancel={() => setAsks(false)} /> : null}
      {work.isError ? <ErrorPanel title={t("views.failed")} error={work.error} className="mt-2" /> : null}
    </section>
  );
}

function NameForm(props: { busy: boolean; onName: (name: string) => void; onCancel: () => void }) {
  const { busy, onName, onCancel } = props;
  const { t } = useT();
  const id = useId();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    if (name !== "") onName(name);
  };
  return (
    <form onSubmit={send} className="mt-1 flex flex-wrap items-end gap-2">
      <div>
        <label htmlFor={id} className="block text-cap text-fg-2">
          {t("views.name")}
        </label>
        <TextInput id={id} name="name" required maxLength={60} />
      </div>
      <Button type="submit" busy={busy}>
        {t("views.save")}
      </Button>
      <Button variant="ghost" onClick={onCancel}>
        {t("views.cancel")}
      </Button>
    </form>
  );
}
