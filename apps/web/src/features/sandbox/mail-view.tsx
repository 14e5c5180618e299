import { Button, IconButton } from "@hustings/ui/button";
import { PreviewFrame } from "@hustings/ui/preview-frame";
import { SegmentedControl } from "@hustings/ui/segmented-control";
import { SkeletonRows } from "@hustings/ui/skeleton";
import { Status, statusIcon, statusWord } from "@hustings/ui/status";
import { Switch } from "@hustings/ui/switch";
import { Tab, TabList, TabPanel, Tabs } from "@hustings/ui/tabs";
import { formatClock, formatDay, formatExactTime } from "@hustings/ui/time";
import { ArrowLeft, Download, Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { trpc } from "~/client/trpc";
import { useWorkspacePath } from "~/client/workspace";
import { Link } from "~/components/link";
import { RecordError } from "~/components/record-error";
import { ScrollBox } from "~/components/scroll-box";
import type { CaughtMail } from "./mail-row";
import { PretendBar } from "./pretend-bar";
import { downloadMessage, HeadersTable, RawMessage } from "./source-views";

const PRE = "p-5 font-mono text-sm whitespace-pre-wrap wrap-anywhere";

/** One caught email: as it looks, as text, its headers, its source; and what its reader is pretended to do. */
export function MailView({ id, onClose, onChanged }: { id: string; onClose: () => void; onChanged: () => void }) {
  const query = trpc.sandbox.get.useQuery({ id });
  const mail = query.data;
  if (mail) return <Mail mail={mail} onClose={onClose} onChanged={onChanged} />;
  if (!query.error) return <SkeletonRows label="Loading the email" rows={8} />;
  return (
    <div className="p-4">
      <RecordError
        noun="email"
        error={query.error}
        onRetry={() => void query.refetch()}
        gone="This email is not in the mailbox any more."
        goneWhy="Somebody may have emptied it."
      />
      <Button className="mt-3" onClick={onClose}>
        Back to the mailbox
      </Button>
    </div>
  );
}

function Mail({ mail, onClose, onChanged }: { mail: CaughtMail; onClose: () => void; onChanged: () => void }) {
  const [isBlocking, setBlocking] = useState(true);
  const [device, setDevice] = useState<"desktop" | "phone">("desktop");
  const utils = trpc.useUtils();
  const headers = Object.entries(mail.headers);
  return (
    <Tabs defaultValue="look" className="flex min-h-0 flex-1 flex-col max-md:overflow-auto">
      <div className="flex-none px-5 pt-3.5 max-md:px-3.5">
        <MailHead mail={mail} onClose={onClose} />
        <div className="mt-2 flex flex-wrap items-end gap-x-4 gap-y-1.5">
          <TabList aria-label="Views of this email" className="min-w-0 flex-1 border-b-0 max-md:basis-full">
            <Tab value="look">As it looks</Tab>
            <Tab value="text">Text</Tab>
            <Tab value="headers">
              Headers <span className="text-muted-foreground">{headers.length}</span>
            </Tab>
            <Tab value="raw">Raw</Tab>
          </TabList>
          <div className="flex items-center gap-2 pb-1.5">
            <Switch checked={isBlocking} onChange={(event) => setBlocking(event.target.checked)}>
              <span className="text-sm">Block pictures</span>
            </Switch>
            <SegmentedControl
              label="Width"
              hasIconOnly
              value={device}
              onValueChange={setDevice}
              options={[
                { value: "desktop", label: "Desktop width", icon: <Monitor aria-hidden /> },
                { value: "phone", label: "Phone width", icon: <Smartphone aria-hidden /> },
              ]}
            />
            <IconButton
              label="Download as .eml"
              icon={<Download aria-hidden />}
              onClick={() => void utils.sandbox.raw.fetch({ id: mail.id }).then(downloadMessage)}
            />
          </div>
        </div>
      </div>
      <PretendBar mail={mail} onChanged={onChanged} />
      <TabPanel
        value="look"
        className="min-h-0 flex-1 overflow-hidden px-5 pt-3.5 max-md:flex-none max-md:px-3.5 max-md:[&>iframe]:h-120"
      >
        <PreviewFrame
          title={`Email to ${mail.to}`}
          html={mail.html}
          device={device}
          isShowingPictures={!isBlocking}
          isFollowingLinks
          className="rounded-b-none"
        />
      </TabPanel>
      <TabPanel value="text" className="min-h-0 flex-1 bg-card">
        <ScrollBox label="Plain text" className="h-full">
          <pre className={PRE}>{mail.text}</pre>
        </ScrollBox>
      </TabPanel>
      <TabPanel value="headers" className="min-h-0 flex-1 overflow-auto bg-card">
        <HeadersTable mail={mail} headers={headers} />
      </TabPanel>
      <TabPanel value="raw" className="min-h-0 flex-1 bg-card">
        <RawMessage id={mail.id} className={PRE} />
      </TabPanel>
      <SoFar mail={mail} />
    </Tabs>
  );
}

function MailHead({ mail, onClose }: { mail: CaughtMail; onClose: () => void }) {
  const toPath = useWorkspacePath();
  return (
    <div className="flex items-start gap-3">
      <IconButton
        label="Back to the mailbox"
        icon={<ArrowLeft aria-hidden />}
        onClick={onClose}
        className="-ml-2 md:hidden"
      />
      <div className="min-w-0 flex-1">
        <h2 className="text-lg leading-[26px] wrap-anywhere">{mail.subject}</h2>
        <p className="mt-0.5 text-sm wrap-anywhere text-muted-foreground">
          To{" "}
          {mail.contactId ? (
            <Link href={toPath(`/contacts/${mail.contactId}`)} className="link">
              {mail.toName ?? mail.to}
            </Link>
          ) : (
            mail.to
          )}{" "}
          {mail.toName && `<${mail.to}> `}· from {mail.from} ·{" "}
          <span title={formatExactTime(new Date(mail.createdAt))}>
            {formatDay(new Date(mail.createdAt), new Date())}, {formatClock(new Date(mail.createdAt))}
          </span>
          {mail.campaignId && (
            <>
              {" · "}
              <Link href={toPath(`/campaigns/${mail.campaignId}`)} className="link">
                its campaign
              </Link>
            </>
          )}
        </p>
      </div>
      <Status state={mail.status} className="mt-1 flex-none" />
    </div>
  );
}

/** Everything that happened to this email, in order. */
function SoFar({ mail }: { mail: CaughtMail }) {
  const steps = [{ type: "captured" as const, occurredAt: mail.createdAt }, ...mail.events];
  return (
    <footer className="flex flex-none flex-wrap items-center gap-x-4 gap-y-1 border-t border-border-strong bg-card px-5 py-2 text-sm max-md:px-3.5">
      <b>So far</b>
      {steps.map((step, index) => {
        const Icon = statusIcon(step.type);
        return (
          <span
            key={`${step.type}-${index}`}
            className="flex items-center gap-1.5"
            title={formatExactTime(new Date(step.occurredAt))}
          >
            <Icon aria-hidden className="size-3.5" /> {statusWord(step.type)} {formatClock(new Date(step.occurredAt))}
          </span>
        );
      })}
      {mail.events.length > 0 && <span className="ml-auto text-muted-foreground max-md:hidden">all simulated</span>}
    </footer>
  );
}
