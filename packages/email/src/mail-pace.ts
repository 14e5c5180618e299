/** Calls that the provider counts separately. */
export type PacedCall = "single" | "bulk" | "other";

/** What an answer says about the provider's current minute. `resetMs`: until it ends, where that is said. */
export type CallsLeft = { remaining: number; resetMs: number | null };

/** How often the provider may be called: one for all processes of an installation. */
export interface MailPace {
  /**
   * Reserves the next call of a kind, for which the caller then waits. Not more than `perMinute` fall into any minute.
   *
   * @param patienceMs when it would be longer, nothing is reserved.
   */
  reserve(
    call: PacedCall,
    perMinute: number,
    patienceMs: number,
  ): Promise<{ isReserved: true; waitMs: number } | { isReserved: false; retryAt: Date }>;
  /**
   * Takes over what the provider says after a call: so many more in its current minute. Where others use the account
   * too, that is less than we would make, and the pace slows before calls are refused.
   */
  keepWithin(call: PacedCall, perMinute: number, left: CallsLeft): Promise<void>;
  /** Lets nobody make such a call before `until`. */
  hold(call: PacedCall, perMinute: number, until: Date): Promise<void>;
}
