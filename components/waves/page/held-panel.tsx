"use client";

import { CircleX } from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { ButtonLink } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { needText } from "@/components/verdict/need-text";
import type { WaveView } from "@/lib/contracts/wave";
import { needsPerson } from "./needs-person";

/** Members that need a person, each with what is to be done: they hold nobody else. */
export function HeldPanel({ wave }: { wave: WaveView }) {
  const { t, tx } = useT();
  const held = wave.members.filter(needsPerson);
  if (held.length === 0) return null;
  return (
    <Panel
      title={t("wave.held.title", { count: held.length, total: wave.members.length })}
      note={t("wave.held.note")}
      className="border-status-danger-line"
    >
      <ul className="divide-y divide-border">
        {held.map(({ migration, note, takenBack }) => (
          <li key={migration.id} className="flex items-start gap-2.5 px-4 py-3">
            <CircleX
              size={16}
              strokeWidth={1.75}
              aria-hidden
              className="mt-0.5 flex-none text-status-danger"
            />
            <span className="min-w-0 flex-1">
              <b className="font-semibold">{migration.name}</b>{" "}
              <span className="text-fg-2">
                {note
                  ? tx(`error.${note.reason}`, note.params, note.reason)
                  : takenBack
                    ? t("wave.held.taken_back", { by: takenBack })
                    : needText(migration, { t, tx })}
              </span>
            </span>
            <ButtonLink size="sm" href={`/migrations/${migration.id}`}>
              {t("wave.held.open")}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
