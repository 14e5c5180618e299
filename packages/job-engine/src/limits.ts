/** Steps in one run; the real server's limit, so that an app stays portable (facts: Inngest usage limits). */
export const maxStepsPerRun = 1000;

/** Bytes of JSON that one step may return; the real server's limit. */
export const maxStepOutputBytes = 4 * 1024 * 1024;

/** Bytes of JSON that all steps of one run may hold together; the real server's limit. */
export const maxRunStateBytes = 32 * 1024 * 1024;

/** Events in one call of the event endpoint; the real server's limit. */
export const maxEventsPerSend = 5000;

/** Bytes of JSON of one event; the limit of the real server's free plan, the smallest an app must live with. */
export const maxEventBytes = 256 * 1024;

/** Bytes of one request body that the engine's own endpoints read before they refuse it. */
export const maxBodyBytes = 40 * 1024 * 1024;

/**
 * Deliveries of one job before its run fails. A delivery beyond the first means that the process died while the
 * step ran; without a bound, a step that kills its process would do so for ever.
 */
export const maxDeliveries = 50;

/** Retries of a function that names no number; Inngest's default. */
export const defaultRetries = 4;

/** How long one call of the app may take before it counts as failed; the real server's limit for a step. */
export const defaultCallTimeoutMs = 2 * 60 * 60 * 1000;

/** How long an idempotency key holds; the real server's figure. */
export const idempotencyHoldMs = 24 * 60 * 60 * 1000;
