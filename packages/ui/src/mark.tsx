/** The mark: a speaker on a platform. Its colours are fixed; it is the one place outside of mail with marigold. */
export function Mark({ className = "size-[26px]" }: { className?: string }) {
  return (
    <svg viewBox="0 0 26 26" aria-hidden className={`shrink-0 ${className}`}>
      <rect width="26" height="26" rx="6" fill="#14513f" />
      <circle cx="13" cy="7.6" r="2.9" fill="#f6b426" />
      <path d="M8.6 12.4h8.8v3H8.6zM6.2 16.4h13.6v3H6.2zM3.8 20.4h18.4v2.2H3.8z" fill="#f5f5f0" />
    </svg>
  );
}
