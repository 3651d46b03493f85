import clsx from "clsx";

/** An arc that turns; it stands still under reduced motion. Without a label it is decoration. */
export function Spinner({
  size = 16,
  label,
  className,
}: {
  size?: number;
  label?: string;
  className?: string;
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.9}
      strokeLinecap="round"
      className={clsx("flex-none motion-safe:animate-turn", className)}
      role="img"
      aria-hidden={label ? undefined : true}
      aria-label={label}
    >
      <path d="M12 3a9 9 0 1 1-8.5 6" />
    </svg>
  );
}
