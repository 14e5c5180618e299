/** A full navigation, not a page of ours: the server leads to Google. */
export const CONNECT_PATH = "/api/auth/gmail";
