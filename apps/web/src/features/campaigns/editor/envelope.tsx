import { cn } from "@hustings/ui/class-names";
import { Combobox } from "@hustings/ui/combobox";
import { formatCount } from "@hustings/ui/count";
import { Field } from "@hustings/ui/field";
import { Input } from "@hustings/ui/input";
import { Select } from "@hustings/ui/select";
import { type ReactNode, type Ref, useId } from "react";
import { trpc } from "~/client/trpc";
import type { Draft } from "./draft";
import { FromChoice } from "./from-choice";

export type EnvelopeProps = {
  campaignId: string;
  draft: Draft;
  /** As an inbox shows it; null while it cannot be read. */
  renderedSubject: string | null;
  onChange: (patch: Partial<Draft>) => void;
  isReadOnly: boolean;
  subjectRef: Ref<HTMLInputElement>;
  preheaderRef: Ref<HTMLInputElement>;
  onFocus: (where: "subject" | "preheader") => void;
};

const EVERYONE = "everyone";
const NO_KIND = "none";
/** More than anybody chooses from. */
const MAX_SEGMENTS = 1_000;

/** To whom, what kind, from whom, and the two lines that an inbox shows. */
export function Envelope({
  campaignId,
  draft,
  renderedSubject,
  onChange,
  isReadOnly,
  subjectRef,
  preheaderRef,
  onFocus,
}: EnvelopeProps) {
  return (
    <div className="grid flex-none grid-cols-[72px_minmax(0,1fr)] items-center gap-x-2.5 gap-y-1.5 px-6 py-3 max-md:grid-cols-1 max-md:px-3.5">
      <Row label="Name">
        <Input
          value={draft.name}
          readOnly={isReadOnly}
          autoComplete="off"
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Row>
      <Row label="To">
        <SegmentChoice
          campaignId={campaignId}
          segmentId={draft.segmentId}
          onChange={onChange}
          isReadOnly={isReadOnly}
        />
      </Row>
      <Row label="Kind">
        <KindChoice draft={draft} onChange={onChange} isReadOnly={isReadOnly} />
      </Row>
      <Row label="Subject">
        <Input
          ref={subjectRef}
          value={draft.subject}
          readOnly={isReadOnly}
          autoComplete="off"
          onFocus={() => onFocus("subject")}
          onChange={(event) => onChange({ subject: event.target.value })}
          trailing={<Characters count={(renderedSubject ?? draft.subject).length} />}
        />
      </Row>
      <Row label="Preheader">
        <Input
          ref={preheaderRef}
          value={draft.preheader ?? ""}
          readOnly={isReadOnly}
          autoComplete="off"
          placeholder="The line after the subject in most inboxes"
          onFocus={() => onFocus("preheader")}
          onChange={(event) => onChange({ preheader: event.target.value || null })}
          trailing={<Characters count={draft.preheader?.length ?? 0} />}
        />
      </Row>
    </div>
  );
}

/** A label beside its control from 720 px on, above it below. */
function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Field
      label={<span className="font-normal text-muted-foreground">{label}</span>}
      className={cn("contents", "[&>div:first-child]:mb-0")}
    >
      {children}
    </Field>
  );
}

const Characters = ({ count }: { count: number }) => (
  <span className="text-xs text-muted-foreground" title={`${count} characters`}>
    <span aria-hidden>{count}</span>
    <span className="sr-only">{count} characters</span>
  </span>
);

function SegmentChoice({
  campaignId,
  segmentId,
  onChange,
  isReadOnly,
}: Pick<EnvelopeProps, "campaignId" | "onChange" | "isReadOnly"> & { segmentId: string | null }) {
  const segments = trpc.segments.list.useQuery({ limit: MAX_SEGMENTS });
  const audience = trpc.campaigns.audience.useQuery(
    { id: campaignId },
    { placeholderData: (before) => before, retry: false },
  );
  const counts =
    audience.data && `${formatCount(audience.data.matched)} match, ${formatCount(audience.data.recipients)} can get it`;
  const options = [
    { value: EVERYONE, label: "Everyone in this workspace" },
    ...(segments.data ?? []).map((segment) => ({ value: segment.id, label: segment.name })),
  ];
  const chosen = segmentId ?? EVERYONE;
  return (
    <div className="flex min-w-0 items-center gap-2.5 max-md:flex-col max-md:items-start max-md:gap-1">
      {isReadOnly ? (
        <Input readOnly value={options.find((option) => option.value === chosen)?.label ?? "A segment"} />
      ) : (
        <Combobox
          label="To"
          value={chosen}
          valueLabel={segments.data ? "A segment that is gone" : "…"}
          options={options}
          onValueChange={(value) => onChange({ segmentId: value === null || value === EVERYONE ? null : value })}
        />
      )}
      <span
        role="status"
        className={cn("flex-none text-sm text-muted-foreground", audience.isFetching && "opacity-70")}
      >
        {counts ?? (audience.error ? "Could not be counted" : "Counting")}
      </span>
    </div>
  );
}

function KindChoice({ draft, onChange, isReadOnly }: Pick<EnvelopeProps, "draft" | "onChange" | "isReadOnly">) {
  const categories = trpc.categories.list.useQuery({});
  const labelId = useId();
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <Select
        value={draft.categoryId ?? NO_KIND}
        onValueChange={(value) => onChange({ categoryId: value === NO_KIND ? null : value })}
        options={[
          { value: NO_KIND, label: "No kind" },
          ...(categories.data ?? []).map((category) => ({ value: category.id, label: category.name })),
        ]}
        isDisabled={isReadOnly}
        className="w-40 flex-none max-md:w-36"
      />
      <span id={labelId} className="flex-none text-sm text-muted-foreground">
        From
      </span>
      <FromChoice labelId={labelId} draft={draft} onChange={onChange} isReadOnly={isReadOnly} />
    </div>
  );
}
