/** Calls that the provider counts separately. */
export type PacedCall = "single" | "bulk" | "other";

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
  /** Lets nobody make such a call before `until`. */
  hold(call: PacedCall, perMinute: number, until: Date): Promise<void>;
}
