import { CopyIcon } from "@hustings/ui/copy-button";
import { formatBytes } from "@hustings/ui/count";
import { ScrollBox } from "~/components/scroll-box";

/** Something a program said, as it was said: JSON, or the stack of an error. */
export function JsonBlock({
  title,
  value,
  leftOutBytes = 0,
}: {
  title: string;
  value: unknown;
  leftOutBytes?: number;
}) {
  const text = typeof value === "string" && value.includes("\n") ? value : JSON.stringify(value, null, 2);
  return (
    <div className="min-w-0">
      <div className="flex min-h-7 items-center gap-1">
        <h3>{title}</h3>
        {leftOutBytes === 0 && <CopyIcon text={text} label={`Copy: ${title}`} />}
      </div>
      {leftOutBytes > 0 ? (
        <p className="text-sm text-muted-foreground">{formatBytes(leftOutBytes)}, too long to show here.</p>
      ) : (
        <ScrollBox label={title} className="max-h-72 rounded-md border border-border bg-sunken">
          <pre className="p-2.5 font-mono text-xs whitespace-pre-wrap wrap-anywhere">{text}</pre>
        </ScrollBox>
      )}
    </div>
  );
}
