import { cn } from "@hustings/ui/class-names";
import { TAG_COLORS, TagSwatch } from "@hustings/ui/tag";
import { useId } from "react";

/** A colour for a tag, by name; none is a choice too. */
export function ColorChoice({
  value,
  onValueChange,
}: {
  value: string | null;
  onValueChange: (color: string | null) => void;
}) {
  const name = useId();
  const offered: { value: string | null; name: string }[] = [{ value: null, name: "None" }, ...TAG_COLORS];
  // A colour that a script or an earlier version set stays choosable.
  if (value && !TAG_COLORS.some((color) => color.value === value.toLowerCase())) offered.push({ value, name: value });
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-semibold">Colour</legend>
      <div className="flex flex-wrap gap-1.5">
        {offered.map((color) => {
          const isChosen = color.value === (value?.toLowerCase() ?? null) || color.value === value;
          return (
            <label
              key={color.name}
              className={cn(
                "relative flex h-7 items-center gap-1.5 rounded-md border px-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring max-md:h-9",
                isChosen ? "border-ring bg-primary-soft font-semibold" : "border-border-strong hover:bg-hover",
              )}
            >
              <input
                type="radio"
                name={name}
                checked={isChosen}
                onChange={() => onValueChange(color.value)}
                className="absolute inset-0 cursor-pointer opacity-0"
              />
              {color.value ? (
                <TagSwatch color={color.value} className="size-2.5" />
              ) : (
                <span aria-hidden className="size-2.5 rounded-[2px] inset-ring inset-ring-input" />
              )}
              {color.name}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
