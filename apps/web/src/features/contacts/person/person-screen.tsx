import type { Contact } from "@hustings/contracts/contacts";
import { IconButton } from "@hustings/ui/button";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useIsWide } from "~/client/media";
import { useRecordTrail } from "~/client/record-trail";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Screen } from "~/components/frame/screen";
import { RecordError } from "~/components/record-error";
import { contactName } from "../contact-name";
import { Composer, useComposer } from "./composer";
import { PersonSide } from "./person-side";
import { Timeline } from "./timeline";

const WhyPane = dynamic(() => import("./why-pane").then((module) => module.WhyPane), { ssr: false });
const WhyDrawer = dynamic(() => import("./why-drawer").then((module) => module.WhyDrawer), { ssr: false });

const CRUMBS = [{ label: "Contacts", path: "/contacts" }] as const;

/** One person: facts, timeline, and why they did or did not get an email. */
export function PersonScreen({ id }: { id: string }) {
  const query = trpc.contacts.get.useQuery({ id });
  if (query.data) return <Person contact={query.data} />;
  return (
    <Screen title="Contact" crumbs={CRUMBS}>
      {query.error ? (
        <RecordError noun="person" error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={8} label="Loading the person" />
      )}
    </Screen>
  );
}

/** `null`: closed. Without a campaign it asks about the latest. */
type Why = { campaignId: string | null } | null;

function Person({ contact }: { contact: Contact }) {
  const isWide = useIsWide();
  const toPath = useWorkspacePath();
  useRecordTrail("contacts", "person", contact.id, (id) => toPath(`/contacts/${id}`));
  const composer = useComposer();
  const [why, setWhy] = useState<Why>(null);
  const [wasAsked, setAsked] = useState(false);
  const ask = (campaignId: string | null) => {
    setAsked(true);
    setWhy({ campaignId });
  };
  const pane = { contact, campaignId: why?.campaignId ?? null, onCampaignChange: ask };
  return (
    <Screen title={contactName(contact)} crumbs={CRUMBS} isFlush>
      <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-auto">
        <div className="w-78 flex-none overflow-auto border-r border-border px-6 py-5 max-md:w-full max-md:overflow-visible max-md:border-r-0 max-md:px-3.5 max-md:py-3.5">
          <PersonSide contact={contact} composer={composer} onWhy={() => ask(null)} />
        </div>
        <div className="min-w-0 flex-1 overflow-auto px-6 py-4 max-md:overflow-visible max-md:px-3.5">
          <Timeline
            contactId={contact.id}
            composer={<Composer contactId={contact.id} control={composer} />}
            onWhy={ask}
          />
        </div>
        {why && isWide && (
          <aside aria-label="Why?" className="w-76 flex-none overflow-auto border-l border-border bg-sunken px-5 py-4">
            <div className="mb-2 flex items-center justify-between">
              <h2>Why?</h2>
              <IconButton label="Close" icon={<X aria-hidden />} onClick={() => setWhy(null)} />
            </div>
            <WhyPane {...pane} />
          </aside>
        )}
        {!isWide && wasAsked && <WhyDrawer {...pane} isOpen={why !== null} onClose={() => setWhy(null)} />}
      </div>
    </Screen>
  );
}
