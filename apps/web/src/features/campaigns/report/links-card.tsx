import type { CampaignReport } from "@hustings/contracts/campaign-recipients";
import { TextButton } from "@hustings/ui/button";
import { Card, CardBody, CardHeader } from "@hustings/ui/card";
import { formatCount, formatCountOf } from "@hustings/ui/count";
import { ProgressBar } from "@hustings/ui/progress-bar";
import type { OpenRecipients } from "../use-recipients-drawer";

/** As many as are read; the rest is behind a press. */
const SHOWN_AT_FIRST = 8;

/** Which links drew people, against the strongest. */
export function LinksCard({ links, onOpen }: { links: CampaignReport["links"]; onOpen: OpenRecipients }) {
  const most = links[0]?.people ?? 0;
  const byMachines = links.reduce((sum, { machineClicks }) => sum + machineClicks, 0);
  return (
    <Card aria-label="What they clicked">
      <CardHeader title="What they clicked" />
      {links.length === 0 ? (
        <CardBody className="text-sm text-muted-foreground">
          Nobody has clicked yet. Links show up here one by one.
        </CardBody>
      ) : (
        <>
          <Lines links={links.slice(0, SHOWN_AT_FIRST)} most={most} onOpen={onOpen} />
          {links.length > SHOWN_AT_FIRST && (
            <details className="border-t border-border">
              <summary className="px-4 py-2 text-sm">{formatCount(links.length - SHOWN_AT_FIRST)} more</summary>
              <Lines links={links.slice(SHOWN_AT_FIRST)} most={most} onOpen={onOpen} />
            </details>
          )}
          <p className="px-4 pt-2 pb-3 text-xs text-muted-foreground">
            People, not clicks. Someone who clicked two links counts in both.{" "}
            {byMachines > 0 && `${formatCountOf(byMachines, "click")} of machines that check links are left out.`}
          </p>
        </>
      )}
    </Card>
  );
}

function Lines({ links, most, onOpen }: { links: CampaignReport["links"]; most: number; onOpen: OpenRecipients }) {
  return (
    <ul className="divide-y divide-border">
      {links.map((link) => {
        const { title, rest } = splitAddress(link.url);
        return (
          <li key={link.url} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-2">
            <span className="min-w-0" title={link.url}>
              <b className="block truncate">{title}</b>
              <span className="block truncate text-[12.5px] text-muted-foreground">{rest}</span>
            </span>
            {link.people === 0 ? (
              <span title={`${formatCountOf(link.machineClicks, "click")} by machines`}>0</span>
            ) : (
              <TextButton
                aria-label={`${formatCount(link.people)} clicked ${rest}: show the people`}
                title={`${formatCountOf(link.clicks, "click")}, and ${formatCount(link.machineClicks)} by machines`}
                onClick={() => onOpen("verifiedClicked", link)}
                className="font-semibold"
              >
                {formatCount(link.people)}
              </TextButton>
            )}
            <ProgressBar
              label={`${formatCountOf(link.people, "person", "people")} clicked ${link.url}`}
              value={link.people}
              max={most}
              className="col-span-2 mt-1 h-1.5"
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The last part of the path says most; the whole address stands below it. */
export function splitAddress(address: string): { title: string; rest: string } {
  const rest = address.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const words = decodePart(rest.split(/[?#]/)[0]?.split("/").at(-1) ?? rest).replace(/[-_]+/g, " ");
  return { title: words.charAt(0).toUpperCase() + words.slice(1), rest };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray % is no encoding; it is shown as it stands.
    return part;
  }
}
