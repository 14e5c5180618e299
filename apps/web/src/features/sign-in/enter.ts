/** NextAuth's client is loaded with the first press: it is 13 kB, and nobody needs it before. */
const loadClient = () => import("next-auth/react");

/** Leaves for Google, which leads back to `next`. */
export async function enterWithGoogle(next: string): Promise<void> {
  const { signIn } = await loadClient();
  await signIn("google", { callbackUrl: next });
}

/** Signs a person of the local demo in; false when the server refused. */
export async function enterAsDemoPerson(email: string, next: string): Promise<boolean> {
  const { signIn } = await loadClient();
  const answer = await signIn("local", { email, redirect: false });
  // A full load: nothing of whoever was here before stays in memory.
  if (answer?.ok) window.location.assign(next);
  return answer?.ok === true;
}
