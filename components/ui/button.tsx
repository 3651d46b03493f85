import clsx from "clsx";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Link } from "./link";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "default" | "ghost" | "danger";

interface ButtonLook {
  variant?: ButtonVariant;
  size?: "md" | "sm";
  icon?: LucideIcon;
  children: ReactNode;
}

const VARIANTS: Record<ButtonVariant, string> = {
  primary:
    "border-accent-solid bg-accent-solid text-on-accent hover:border-accent-solid-hover hover:bg-accent-solid-hover",
  default: "border-border-strong bg-surface text-fg hover:bg-surface-2",
  ghost: "border-transparent bg-transparent text-fg-2 hover:bg-surface-2 hover:text-fg",
  danger: "border-status-danger-line bg-surface text-status-danger hover:bg-status-danger-tint",
};

function look(
  { variant = "default", size = "md" }: Pick<ButtonLook, "variant" | "size">,
  className?: string,
) {
  return clsx(
    "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium no-underline print:hidden",
    size === "sm" ? "min-h-6.5 px-2 py-0.5 text-cap" : "min-h-8 px-3 py-1.25 text-table",
    VARIANTS[variant],
    className,
  );
}

function Inside({ icon: Icon, busy, size, children }: ButtonLook & { busy?: boolean }) {
  const glyph = size === "sm" ? 14 : 16;
  return (
    <>
      {busy ? (
        <Spinner size={glyph} />
      ) : Icon ? (
        <Icon size={glyph} strokeWidth={1.75} aria-hidden className="-ml-0.5 flex-none" />
      ) : null}
      {children}
    </>
  );
}

type ButtonProps = ButtonLook & { busy?: boolean } & Omit<ComponentProps<"button">, "children" | "disabled">;

/** A button is never dead without words: while `busy` it says so and ignores presses. */
export function Button({
  variant,
  size,
  icon,
  busy,
  children,
  className,
  onClick,
  type,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={look({ ...(variant && { variant }), ...(size && { size }) }, className)}
    >
      <Inside {...(icon && { icon })} {...(size && { size })} {...(busy && { busy })}>
        {children}
      </Inside>
    </button>
  );
}

type ButtonLinkProps = ButtonLook & Omit<ComponentProps<typeof Link>, "children">;

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({ variant, size, icon, children, className, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={look({ ...(variant && { variant }), ...(size && { size }) }, className)}>
      <Inside {...(icon && { icon })} {...(size && { size })}>
        {children}
      </Inside>
    </Link>
  );
}
