/** Ends the session; the sign-in page is loaded anew, so that nothing of it stays in memory. */
export async function signOutOfEverything(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}
