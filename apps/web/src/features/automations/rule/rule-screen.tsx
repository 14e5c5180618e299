import { NotAllowed } from "@hustings/ui/not-allowed";
import { SkeletonRows } from "@hustings/ui/skeleton";
import dynamic from "next/dynamic";
import { useNotAllowedReason } from "~/client/role";
import { trpc } from "~/client/trpc";
import { Screen } from "~/components/frame/screen";
import { QueryError } from "~/components/query-error";
import { RecordError } from "~/components/record-error";

const RuleBuilder = dynamic(() => import("./rule-builder").then((module) => module.RuleBuilder), {
  ssr: false,
  loading: () => <SkeletonRows label="Loading the rule" />,
});

const CRUMBS = [{ label: "Automations", path: "/automations" }];

/** A rule that is not saved yet. */
export function NewAutomationScreen() {
  const offReason = useNotAllowedReason("admin", "make rules");
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  return (
    <Screen title="New rule" crumbs={CRUMBS}>
      {offReason && <NotAllowed>{offReason}</NotAllowed>}
      {!offReason && fields.error && (
        <QueryError title="The rule builder did not load." error={fields.error} onRetry={() => void fields.refetch()} />
      )}
      {!offReason && fields.isPending && <SkeletonRows label="Loading what can be asked" />}
      {!offReason && fields.data && <RuleBuilder rule={null} fields={fields.data} />}
    </Screen>
  );
}

/** A saved rule: what makes it, whom it would change now, and what it did. */
export function AutomationScreen({ id }: { id: string }) {
  const offReason = useNotAllowedReason("admin", "see rules");
  const rule = trpc.automations.get.useQuery({ id }, { enabled: !offReason });
  const fields = trpc.segments.fields.useQuery({}, { staleTime: 60_000 });
  const error = rule.error ?? fields.error;
  if (offReason)
    return (
      <Screen title="Rule" crumbs={CRUMBS}>
        <NotAllowed>{offReason}</NotAllowed>
      </Screen>
    );
  const isLoaded = rule.data && fields.data;
  return (
    <Screen title={rule.data?.name ?? "Rule"} crumbs={CRUMBS}>
      {error && !isLoaded && (
        <RecordError noun="rule" error={error} onRetry={() => void Promise.all([rule.refetch(), fields.refetch()])} />
      )}
      {!error && !isLoaded && <SkeletonRows label="Loading the rule" />}
      {isLoaded && <RuleBuilder rule={rule.data} fields={fields.data} />}
    </Screen>
  );
}
