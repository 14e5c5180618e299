import type { AutomationConfig } from "@hustings/contracts/automations";
import { beforeEach, describe, expect, it } from "vitest";
import { updateContact } from "../contacts/update-contact";
import type { WorkspaceContext } from "../context";
import { createField, deleteField } from "../fields/commands";
import { createTag, deleteTag } from "../tags/commands";
import { everybody, useAutomations } from "../testing/automations";
import { updateAutomation } from "./commands";
import { getAutomation } from "./queries";

const world = useAutomations();
const { addRule, addPerson, drain, tagsOf } = world;
let ctx: WorkspaceContext;
beforeEach(() => {
  ctx = world.ctx;
});

describe("a rule that has lost what it uses", () => {
  it.each<[string, () => Promise<{ config: AutomationConfig; lose: () => Promise<void>; reason: string }>]>([
    [
      "a field that it sets",
      async () => {
        const field = await createField(ctx, { name: "city", label: "City", fieldType: "text", sortOrder: 0 });
        const config = everybody({ type: "set_field", field: "city", value: "Ptuj" });
        return { config, lose: () => deleteField(ctx, field), reason: "The field “City” was deleted" };
      },
    ],
    [
      "a field that it asks about",
      async () => {
        const field = await createField(ctx, { name: "city", label: "City", fieldType: "text", sortOrder: 0 });
        const conditions = [{ field: "city", operator: "is_not_set" as const }];
        const config = { ...everybody({ type: "add_tag", tag: "Seen" }), conditions };
        return { config, lose: () => deleteField(ctx, field), reason: "The field “City” was deleted" };
      },
    ],
    [
      "a tag that it names by its id",
      async () => {
        const tag = await createTag(ctx, { name: "Seen" });
        return {
          config: everybody({ type: "add_tag", tag: tag.id }),
          lose: () => deleteTag(ctx, tag),
          reason: "The tag “Seen” was deleted",
        };
      },
    ],
  ])("such as %s is broken and stops, until it is saved mended", async (_, prepare) => {
    const { config, lose, reason } = await prepare();
    const broken = await addRule(config);
    const sound = await addRule(everybody({ type: "add_tag", tag: "Sound" }));
    await lose();
    const { id } = await addPerson();
    await drain();
    expect((await getAutomation(ctx, broken)).brokenReason).toBe(reason);
    expect((await getAutomation(ctx, sound)).brokenReason).toBeNull();
    expect(await tagsOf(id)).toEqual(["Sound"]);
    expect(await updateAutomation(ctx, { id: broken.id, name: "As it was", isActive: true })).toMatchObject({
      brokenReason: reason,
    });
    await expect(updateAutomation(ctx, { id: broken.id, config })).rejects.toMatchObject({ kind: "invalid" });
    await updateAutomation(ctx, { id: broken.id, config: everybody({ type: "add_tag", tag: "Mended" }) });
    await updateContact(ctx, { id, firstName: "Eva" });
    await drain();
    expect((await tagsOf(id)).sort()).toEqual(["Mended", "Sound"]);
    expect((await getAutomation(ctx, broken)).brokenReason).toBeNull();
  });
});
