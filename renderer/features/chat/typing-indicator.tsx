/** Three dots while the assistant works and says nothing. */
export function TypingIndicator() {
  return (
    <div
      role="img"
      aria-label="The assistant is working"
      className="flex w-fit gap-1 rounded-2xl border border-line bg-surface px-3 py-3"
    >
      {[0, 160, 320].map((delay) => (
        <span
          key={delay}
          className="size-1.5 animate-blink rounded-full bg-muted"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </div>
  );
}
