import clsx from "clsx";

/** A grey stand-in of the final shape, hidden for its first 200 ms so that a quick answer never flashes. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={clsx("skeleton block rounded-sm bg-surface-3", className ?? "h-4 w-full")} />
  );
}

/** Lines of it, with words for those who do not see them. */
export function SkeletonLines({
  lines = 4,
  label,
  className,
}: {
  lines?: number;
  label: string;
  className?: string;
}) {
  return (
    <div role="status" aria-label={label} className={clsx("space-y-3", className)}>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key, line) => (
        <Skeleton key={key} className={clsx("h-4", line % 3 === 2 ? "w-2/3" : "w-full")} />
      ))}
    </div>
  );
}
