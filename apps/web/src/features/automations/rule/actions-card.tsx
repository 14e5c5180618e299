import { Button } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { Plus } from "lucide-react";
import type { Catalog } from "../../segments/builder/draft";
import { ActionRow } from "./action-line";
import { type ActionLine, newAction } from "./draft";

/** What happens to whoever matches, in this order. */
export function ActionsCard({
  catalog,
  actions,
  errors,
  onChange,
}: {
  catalog: Catalog;
  actions: ActionLine[];
  errors: ReadonlyMap<string, string>;
  onChange: (actions: ActionLine[]) => void;
}) {
  return (
    <Card aria-label="Actions">
      <CardHeader title="What happens to them" />
      <CardBody>
        {actions.length === 0 && (
          <p className="mb-2 text-sm text-muted-foreground">Without an action nothing happens to anybody.</p>
        )}
        {actions.map((action, index) => (
          <ActionRow
            key={action.key}
            catalog={catalog}
            action={action}
            number={index + 1}
            error={errors.get(action.key)}
            onChange={(next) => onChange(actions.map((each) => (each.key === action.key ? next : each)))}
            onRemove={() => onChange(actions.filter((each) => each.key !== action.key))}
          />
        ))}
        <Button
          size="sm"
          icon={<Plus aria-hidden />}
          onClick={() => onChange([...actions, newAction()])}
          className="mt-2 md:ml-13"
        >
          Add an action
        </Button>
      </CardBody>
    </Card>
  );
}
