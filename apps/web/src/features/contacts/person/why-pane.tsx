import type { Contact } from "@hustings/contracts/contacts";
import { Combobox } from "@hustings/ui/combobox";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { statusWord } from "@hustings/ui/status";
import { formatDay } from "@hustings/ui/time";
import { WhyPanel } from "@hustings/ui/why-panel";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { QueryError } from "~/components/query-error";
import { contactName } from "../contact-name";
import { EmailsTo } from "./emails-to";
import { RECENT_CAMPAIGNS } from "./recent-campaigns";
import { SegmentsOf } from "./segments-of";
import { concludeWhy, toReasons } from "./why-words";

type WhyPaneProps = {
  contact: Contact;
  /** The campaign asked about; null: the latest. */
  campaignId: string | null;
  onCampaignChange: (campaignId: string | null) => void;
};

/** Why this person did or did not get a campaign, in a sentence with its reasons, and the segments they are in. */
export function WhyPane(props: WhyPaneProps) {
  const who = props.contact.firstName || contactName(props.contact);
  return (
    <>
      <WhyCampaign {...props} />
      <SegmentsOf contactId={props.contact.id} who={who} />
      <EmailsTo contactId={props.contact.id} who={who} />
    </>
  );
}

function WhyCampaign({ contact, campaignId, onCampaignChange }: WhyPaneProps) {
  const campaigns = trpc.campaigns.list.useQuery({ limit: RECENT_CAMPAIGNS });
  if (!campaigns.data)
    return campaigns.error ? (
      <QueryError
        title="The campaigns did not load."
        error={campaigns.error}
        onRetry={() => void campaigns.refetch()}
      />
    ) : (
      <SkeletonRows rows={4} label="Loading campaigns" />
    );
  const latest = campaigns.data.find(({ launchedAt }) => launchedAt) ?? campaigns.data[0];
  const chosen = campaigns.data.find(({ id }) => id === campaignId) ?? latest;
  if (!chosen)
    return (
      <p className="text-sm text-muted-foreground">
        No campaign yet. Once there is one, this says who gets it and why.
      </p>
    );
  return (
    <>
      <Combobox
        label="Campaign"
        value={chosen.id}
        onValueChange={onCampaignChange}
        options={campaigns.data.map(({ id, name, status }) => ({ value: id, label: name, hint: statusWord(status) }))}
        className="mb-3"
      />
      <Answer contact={contact} campaign={chosen} />
    </>
  );
}

type Asked = { id: string; name: string; launchedAt: string | null };

function Answer({ contact, campaign }: { contact: Contact; campaign: Asked }) {
  const toPath = useWorkspacePath();
  const query = trpc.campaigns.recipient.useQuery({ id: campaign.id, contactId: contact.id });
  if (!query.data)
    return query.error ? (
      <QueryError title="The reason did not load." error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <SkeletonRows rows={3} label="Looking" />
    );
  const who = contact.firstName || contactName(contact);
  return (
    <WhyPanel
      conclusion={concludeWhy(who, campaign, query.data.outcome)}
      reasons={toReasons(query.data, (at) => {
        const date = new Date(at);
        return `${formatDay(date, new Date())}, ${date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
      })}
    >
      <p className="mt-3 text-sm">
        <Link href={toPath(`/campaigns/${campaign.id}`)} className="link">
          Open the campaign
        </Link>
      </p>
    </WhyPanel>
  );
}
