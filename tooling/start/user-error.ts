/** One sentence for the person at the terminal: what is wrong and what to do. Shown as it is, without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
}
