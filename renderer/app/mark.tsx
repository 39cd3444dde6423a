/** Renderdesk's mark: a bearing. */
export function Mark({ className = 'size-7' }: { className?: string }) {
  const balls = Array.from({ length: 6 }, (_, index) => (index * Math.PI) / 3);
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g className="fill-none stroke-on-accent" strokeWidth="2.2">
        <circle cx="16" cy="16" r="10" />
        <circle cx="16" cy="16" r="4" />
      </g>
      <g className="fill-on-accent">
        {balls.map((angle) => (
          <circle key={angle} cx={16 + 7 * Math.sin(angle)} cy={16 - 7 * Math.cos(angle)} r="1.7" />
        ))}
      </g>
    </svg>
  );
}
