import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { useTooltip } from "./tooltip";

type IconButtonProps = { label: string; icon: LucideIcon; size?: "md" | "sm" } & Omit<
  ComponentProps<"button">,
  "children"
>;

/** A button that is only a glyph: the label is its name and its tooltip. */
export function IconButton({ label, icon: Icon, size = "md", className, ...rest }: IconButtonProps) {
  const { handlers, bubble } = useTooltip(label);
  return (
    <>
      <button
        type="button"
        {...handlers}
        {...rest}
        aria-label={label}
        className={clsx(
          "inline-grid flex-none place-items-center rounded-md text-fg-2 hover:bg-surface-2 hover:text-fg",
          size === "sm" ? "size-6" : "size-8",
          className,
        )}
      >
        <Icon size={size === "sm" ? 14 : 17} strokeWidth={1.75} aria-hidden />
      </button>
      {bubble}
    </>
  );
}
