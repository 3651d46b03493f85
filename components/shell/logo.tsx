/** The ferry on its chain. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" className="flex-none">
      <rect width="24" height="24" rx="6" className="fill-accent-solid" />
      <path d="M5 12.5h14l-2.2 4.5H7.2L5 12.5Z" className="fill-on-accent" />
      <path
        d="M2 8.5h4m3 0h6m3 0h4M12 6.5v4"
        className="stroke-on-accent"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </svg>
  );
}
