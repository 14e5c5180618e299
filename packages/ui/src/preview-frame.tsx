import { useMemo } from "react";
import { cn } from "./class-names";

export type PreviewFrameProps = {
  /** Names the frame: “Preview as Nguyễn Thị Phương Thảo”. */
  title: string;
  html: string;
  device?: "desktop" | "phone";
  isDark?: boolean;
  /** Pictures come from outside and tell the sender who looked: off unless somebody switches them on. */
  isShowingPictures?: boolean;
  /** Lets links open in a new tab; otherwise they do nothing. */
  isFollowingLinks?: boolean;
  className?: string;
};

/** 390 CSS pixels, the phone we promise to work on. */
const PHONE_WIDTH = "w-[390px]";

/**
 * A foreign email, safely: a frame without scripts, forms or an origin, under its own content policy.
 *
 * The policy of the page around it applies too; where pictures shall show, that one must allow `img-src https:`.
 */
export function PreviewFrame({
  title,
  html,
  device = "desktop",
  isDark = false,
  isShowingPictures = false,
  isFollowingLinks = false,
  className,
}: PreviewFrameProps) {
  const source = useMemo(
    () => toSealedDocument(html, { isDark, isShowingPictures }),
    [html, isDark, isShowingPictures],
  );
  return (
    <iframe
      title={title}
      sandbox={isFollowingLinks ? "allow-popups allow-popups-to-escape-sandbox" : ""}
      referrerPolicy="no-referrer"
      srcDoc={source}
      style={{ colorScheme: isDark ? "dark" : "light" }}
      className={cn(
        "mx-auto block h-full max-w-full rounded-lg border border-border-strong",
        isDark ? "bg-[#121212]" : "bg-[#fff]",
        device === "phone" ? PHONE_WIDTH : "w-full",
        className,
      )}
    />
  );
}

/** The email with a policy and a reading style before it; a later `<html>` or `<head>` merges into this one. */
export function toSealedDocument(
  html: string,
  { isDark, isShowingPictures }: { isDark: boolean; isShowingPictures: boolean },
): string {
  const pictures = isShowingPictures ? "https: http: data: cid:" : "'none'";
  const policy = `default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src ${pictures}; font-src 'none'; form-action 'none'; base-uri 'none'`;
  const blocked = isShowingPictures
    ? ""
    : "img{display:inline-block;box-sizing:border-box;min-width:24px;min-height:24px;max-width:100%;padding:8px;border:1px dashed #7d857e;color:#55605a;font:13px/18px sans-serif}";
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>:root{color-scheme:${isDark ? "dark" : "light"}}body{margin:16px;overflow-wrap:anywhere}${blocked}</style>${html}`;
}
