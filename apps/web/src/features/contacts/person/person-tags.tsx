import type { Tag as TagRecord } from "@hustings/contracts/tags";
import { Button } from "@hustings/ui/button";
import { Skeleton } from "@hustings/ui/skeleton";
import { Tag } from "@hustings/ui/tag";
import { notifyDone, notifyFailed } from "@hustings/ui/toast";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useCommands } from "~/client/commands";
import { readCallError } from "~/client/errors";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";

const TagPicker = dynamic(() => import("./tag-picker").then((module) => module.TagPicker), { ssr: false });

/** A person's tags: taken away by their cross, added by a search. */
export function PersonTags({ contactId }: { contactId: string }) {
  const [isPicking, setPicking] = useState(false);
  const tags = trpc.contacts.tags.useQuery({ id: contactId });
  const change = useTagChange(contactId);
  const offReason = useNotAllowedReason("member", "tag people");
  useCommands(
    offReason ? [] : [{ id: "person-tag", label: "Add a tag", key: "t", group: "here", run: () => setPicking(true) }],
  );
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.isPending && <Skeleton className="w-24" />}
      {tags.data?.map((tag) => (
        <Tag
          key={tag.id}
          color={tag.color}
          hasSwatch
          {...(offReason ? {} : { onRemove: () => void change.remove(tag), removeLabel: `Remove ${tag.name}` })}
        >
          {tag.name}
        </Tag>
      ))}
      {isPicking ? (
        <TagPicker has={tags.data ?? []} onPick={(tag) => void change.add(tag)} onClose={() => setPicking(false)} />
      ) : (
        <Button
          size="sm"
          variant="quiet"
          icon={<Plus aria-hidden className="size-3.5" />}
          offReason={offReason}
          onClick={() => setPicking(true)}
        >
          Tag
        </Button>
      )}
    </div>
  );
}

type Named = Pick<TagRecord, "id" | "name">;

function useTagChange(contactId: string) {
  const utils = trpc.useUtils();
  const add = trpc.contacts.addTag.useMutation();
  const remove = trpc.contacts.removeTag.useMutation();
  const show = (tags: TagRecord[]) => {
    utils.contacts.tags.setData({ id: contactId }, tags);
    void utils.contacts.overview.invalidate();
    void utils.tags.invalidate();
  };
  const fail = (words: string) => (thrown: unknown) => notifyFailed(`${words} ${readCallError(thrown).message}`);
  const put = (tag: Named) =>
    add.mutateAsync({ id: contactId, tagId: tag.id }).then(show, fail("The tag was not added."));
  return {
    add: put,
    remove: (tag: Named) =>
      remove.mutateAsync({ id: contactId, tagId: tag.id }).then((tags) => {
        show(tags);
        notifyDone(`Removed ${tag.name}`, { onUndo: () => void put(tag) });
      }, fail("The tag was not removed.")),
  };
}
