/** The way to every screen of a campaign. */
export const CAMPAIGNS_CRUMB = [{ label: "Campaigns", path: "/campaigns" }] as const;
