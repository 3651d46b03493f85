import clsx from "clsx";
import { CircleAlert, CircleCheck, Hand, Info, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { TONE_TEXT, type Tone } from "./tone";

const ICONS: Record<Tone, LucideIcon> = {
  neutral: Info,
  info: Info,
  success: CircleCheck,
  warning: Hand,
  danger: CircleAlert,
};
const EDGE: Record<Tone, string> = {
  neutral: "border-status-neutral-line border-l-status-neutral",
  info: "border-status-info-line border-l-status-info",
  success: "border-status-success-line border-l-status-success",
  warning: "border-status-warning-line border-l-status-warning",
  danger: "border-status-danger-line border-l-status-danger",
};

interface CalloutProps {
  tone?: Tone;
  title?: ReactNode;
  actions?: ReactNode;
  /** `alert` speaks at once; leave it off for what was there when the page came. */
  role?: "alert" | "status" | "note";
  className?: string;
  children?: ReactNode;
}

/** Says the thing, then the next action. */
export function Callout({ tone = "info", title, actions, role, className, children }: CalloutProps) {
  const Icon = ICONS[tone];
  return (
    <div
      {...(role && { role })}
      className={clsx(
        "flex flex-wrap items-start gap-x-4 gap-y-2.5 rounded-md border border-l-3 bg-surface px-4 py-3",
        EDGE[tone],
        className,
      )}
    >
      <div className="flex min-w-0 flex-[1_1_320px] gap-3">
        <Icon
          size={18}
          strokeWidth={1.75}
          aria-hidden
          className={clsx("mt-0.5 flex-none", TONE_TEXT[tone])}
        />
        <div className="min-w-0 flex-1 wrap-anywhere">
          {title ? <div className="font-semibold">{title}</div> : null}
          {children ? <div className="text-fg-2 text-table">{children}</div> : null}
        </div>
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}
