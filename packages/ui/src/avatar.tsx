import { User } from "lucide-react";
import { cn } from "./class-names";

/** First letters of the first and last word: `Amara Okonkwo-Reinhardt` → `AR`; two signs of a name without spaces in CJK. */
export function toInitials(name: string): string {
  const words = name
    .trim()
    .split(/[\s-]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? "")];
  if (words.length === 1)
    return /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(name)
      ? first.slice(0, 2).join("")
      : (first[0] ?? "").toUpperCase();
  return `${first[0] ?? ""}${[...(words.at(-1) ?? "")][0] ?? ""}`.toUpperCase();
}

/** Initials in a circle; without a name the outline of a person. The name itself stands beside it. */
export function Avatar({
  name,
  size = "md",
  className,
}: {
  name: string | null | undefined;
  size?: "md" | "lg";
  className?: string;
}) {
  const initials = name ? toInitials(name) : "";
  return (
    <span
      aria-hidden
      className={cn(
        "grid shrink-0 place-items-center rounded-full font-bold tracking-[.02em]",
        initials ? "bg-primary-soft text-primary-text" : "bg-neutral-soft text-muted-foreground",
        size === "lg" ? "size-11 text-md" : "size-6 text-[10.5px] leading-3",
        className,
      )}
    >
      {initials || <User className={size === "lg" ? "size-5" : "size-3.5"} />}
    </span>
  );
}
