"use client";

import clsx from "clsx";
import {
  CircleCheck,
  CircleSlash,
  CircleX,
  CloudUpload,
  Hourglass,
  LoaderCircle,
  Repeat,
} from "lucide-react";
import { useT } from "@/components/locale/i18n-provider";
import { useFormat } from "@/components/locale/use-format";
import { useNow } from "@/components/locale/use-now";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import { needText } from "@/components/verdict/need-text";
import type { WaveMemberView, WaveView } from "@/lib/contracts/wave";
import type { MemberStage } from "@/lib/wave/member-stage";
import { needsPerson } from "./needs-person";
import { waitsFor } from "./wait-of";

const LOOKS: Record<MemberStage, { tone: Tone; glyph: typeof CircleCheck; turns?: true }> = {
  waiting: { tone: "neutral", glyph: Hourglass },
  preparing: { tone: "info", glyph: CloudUpload },
  uploaded: { tone: "neutral", glyph: Hourglass },
  restoring: { tone: "info", glyph: LoaderCircle, turns: true },
  rounds: { tone: "success", glyph: Repeat },
  cutting_over: { tone: "info", glyph: LoaderCircle, turns: true },
  online: { tone: "success", glyph: CircleCheck },
  stopped: { tone: "danger", glyph: CircleX },
  left_out: { tone: "neutral", glyph: CircleSlash },
};

/** Where a member stands, and what it waits for. */
export function MemberStatus({ member, wave }: { member: WaveMemberView; wave: WaveView }) {
  const { t, tx } = useT();
  const format = useFormat();
  const { stage, wait, note, heldBecause, takenBack, done, migration, stoppedAt } = member;
  const { tone: own, glyph: Glyph, turns } = LOOKS[stage];
  const tone = stage !== "stopped" && needsPerson(member) ? "warning" : own;
  const now = useNow(stage === "cutting_over") || Date.parse(wave.serverNow);
  const gap = stage === "rounds" ? migration.gapSeconds : null;
  const details = [
    stage === "stopped" || (needsPerson(member) && note === null && takenBack === null)
      ? needText(migration, { t, tx })
      : null,
    stage === "cutting_over" && stoppedAt !== null ? downText(Date.parse(stoppedAt)) : null,
    done === null ? null : t("wave.lanes.done", { percent: format.percent(done, 1) }),
    gap === null ? null : t("wave.lanes.gap", { time: format.duration(gap * 1_000) }),
    takenBack === null || stage === "online" ? null : t("wave.lanes.taken_back", { by: takenBack }),
    note === null ? null : tx(`error.${note.reason}`, note.params, note.reason),
    heldBecause === null ? null : tx(`error.${heldBecause}`, {}, heldBecause),
    waitText(),
  ].filter((detail) => detail !== null);
  /** How long nobody has written to it, and how long that may last. */
  function downText(sinceMs: number): string {
    const time = format.duration(Math.max(0, now - sinceMs));
    const deadline = wave.cutover?.deadline ?? null;
    return deadline === null
      ? t("wave.lanes.down", { time })
      : t("wave.lanes.down_of", {
          time,
          minutes: format.number(deadline.minutes, deadline.minutes % 1 === 0 ? 0 : 2),
        });
  }
  function waitText(): string | null {
    // Why one that was taken back is out of it is said already.
    if (wait === null || wait === "not_ready" || (wait === "out" && takenBack !== null)) return null;
    if (wait === "space" && member.roomBytes !== null && member.bytes !== null)
      return t("wave.waits_for.space", {
        need: format.bytes(member.bytes),
        free: format.bytes(member.roomBytes),
      });
    const whom = waitsFor(member, wave);
    if (whom === null) return t(`wave.wait.${wait}`);
    return whom.untilMs === null
      ? t("wave.waits_for.turn", { name: whom.name })
      : t("wave.waits_for.revert_window", { name: whom.name, time: format.instant(whom.untilMs, "time") });
  }
  return (
    <span className="flex items-start gap-1.5">
      <Glyph
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className={clsx("mt-1 flex-none", TONE_TEXT[tone], turns && "motion-safe:animate-turn")}
      />
      <span className="max-sm:min-w-40">
        <span className={clsx("whitespace-nowrap font-medium", TONE_TEXT[tone])}>
          {t(`wave.stage.${stage}`)}
        </span>
        {details.length > 0 ? <span className="text-cap text-fg-2"> {details.join(" · ")}</span> : null}
      </span>
    </span>
  );
}
