import type { TicketLinkPage } from "@hustings/core/support-tickets/unsubscribe-by-link";
import type { LinkPage } from "@hustings/core/unsubscribe/unsubscribe";

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
  :root { color-scheme: light dark; }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f5f5f0, #111614); color: light-dark(#17211d, #e9ede8); }
  main { max-width: 30rem; margin: 12vh auto 2rem; padding: 0 1.25rem; }
  h1 { font-size: 1.6rem; line-height: 1.2; }
  p, li { color: light-dark(#55605a, #a2ada6); }
  fieldset { border: 0; padding: 0 0 .5rem; margin: 0 0 .5rem; border-bottom: 1px solid light-dark(#dcddd3, #2b332f); }
  legend { padding: 0; font-weight: 600; }
  small { color: light-dark(#55605a, #a2ada6); }
  label { display: flex; gap: .6rem; padding: .5rem 0; color: inherit; }
  input { flex: none; width: 1.1rem; height: 1.1rem; margin: .2rem 0 0; accent-color: light-dark(#14513f, #86d3ad); }
  button { margin-top: 1rem; font: inherit; font-weight: 600; min-height: 44px; padding: 0 1.1rem; border: 0; border-radius: 6px; cursor: pointer;
    background: light-dark(#14513f, #86d3ad); color: light-dark(#fff, #06241a); }
  :focus-visible { outline: 2px solid light-dark(#14513f, #8ad6b1); outline-offset: 2px; }`;

const layout = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;

const previewNote = (page: LinkPage): string =>
  page.isPreview ? "<p>This link came with a test. The button shows what happens, and changes nothing.</p>" : "";

const who = (page: Pick<LinkPage, "maskedEmail">): string =>
  page.maskedEmail ? ` to ${escapeHtml(page.maskedEmail)}` : "";

/** What the link in a message opens: one question, one button. */
export function unsubscribePage(page: LinkPage): string {
  const what = page.categoryName ? `“${page.categoryName}”` : "all email";
  const from = page.workspaceName ? ` from ${page.workspaceName}` : "";
  return layout(
    `Stop ${what}${from}?`,
    `${previewNote(page)}<p>We then no longer send ${escapeHtml(page.categoryName ? "this" : "any email")}${who(page)}.</p>
    <form method="post"><button>Yes, unsubscribe</button></form>`,
  );
}

export const unsubscribedPage = (): string =>
  layout("You are unsubscribed", "<p>It is done. What was on its way already may still arrive.</p>");

/** What a person wants to hear about, category by category. */
export function preferencesPage(page: LinkPage): string {
  const categories = page.categories
    .map(
      ({ id, name, description, isSubscribed }) =>
        `<label><input type="checkbox" name="category" value="${id}"${isSubscribed ? " checked" : ""}>
        <span>${escapeHtml(name)}${description ? `<br><small>${escapeHtml(description)}</small>` : ""}</span></label>`,
    )
    .join("");
  const none = `<label><input type="checkbox" name="all" value="no"${page.isUnsubscribedFromAll ? " checked" : ""}>
    <span>No email at all</span></label>`;
  return layout(
    `What may ${page.workspaceName || "we"} send you?`,
    `${previewNote(page)}<p>This is about email${who(page)}.</p>
    <form method="post">${categories && `<fieldset><legend>Send me</legend>${categories}</fieldset>`}${none}<button>Save my choice</button></form>`,
  );
}

export const preferencesSavedPage = (): string =>
  layout("Your choice is saved", "<p>You can close this page, or open the link again to change it.</p>");

/** What the link in a mail about a ticket opens. */
export function ticketUnsubscribePage(page: TicketLinkPage): string {
  if (page.title === null)
    return layout("This ticket is gone", "<p>It was deleted, and nobody gets email about it any more.</p>");
  const others = page.isFollowingAll ? " You go on hearing of all other tickets." : "";
  return layout(
    `Stop email about “${page.title}”?`,
    `<p>We then no longer write${who(page)} when somebody replies to this ticket or moves it.${others}</p>
    <form method="post"><button>Yes, stop it</button></form>`,
  );
}

export const ticketUnsubscribedPage = (): string =>
  layout(
    "You get no more email about this ticket",
    "<p>You can follow it again on its page. What was on its way already may still arrive.</p>",
  );

/** One page for whatever is not ours: it tells nobody which addresses exist. */
export const unknownLinkPage = (): string =>
  layout("This link does not work", "<p>It may have been cut off on its way. Open it from the message itself.</p>");
