import type { Tag } from "@hustings/contracts/tags";
import { TagInput } from "@hustings/ui/tag-input";
import { notifyFailed } from "@hustings/ui/toast";
import { useEffect, useRef } from "react";
import { readCallError } from "~/client/errors";
import { trpc } from "~/client/trpc";
import { ALL_TAGS } from "../list-limits";

type TagPickerProps = {
  has: readonly Tag[];
  onPick: (tag: { id: string; name: string }) => void;
  onClose: () => void;
};

/** Finds a tag by name, or makes it. Closes when the focus leaves, or by Esc. */
export function TagPicker({ has, onPick, onClose }: TagPickerProps) {
  const box = useRef<HTMLDivElement>(null);
  const tags = trpc.tags.list.useQuery({ limit: ALL_TAGS });
  const create = trpc.tags.create.useMutation({
    onSuccess: onPick,
    onError: (error) => notifyFailed(`The tag was not made. ${readCallError(error).message}`),
  });
  useEffect(() => box.current?.querySelector("input")?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc and leaving are of the text box inside
    <div
      ref={box}
      className="w-full"
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && onClose()}
    >
      <TagInput
        label="Add a tag"
        value={[]}
        onValueChange={(picked) => picked[0] && onPick(picked[0])}
        options={(tags.data ?? []).filter((tag) => !has.some(({ id }) => id === tag.id))}
        isLoading={tags.isPending}
        onCreate={(name) => create.mutate({ name })}
      />
    </div>
  );
}
