import { createSealer, type Sealer } from "@hustings/crypto/sealer";
import type { EmailConnectionModel } from "@hustings/db/types";
import type { Gmail } from "@hustings/google/gmail";
import { GoogleError, isGoogleFailure } from "@hustings/google/google-error";
import type { Access } from "@hustings/google/oauth";
import type { CoreContext } from "../context";

type Owner = Pick<EmailConnectionModel, "userId" | "address">;
const ownerOf = ({ userId, address }: Owner) => `${userId}:${address}`;
const sealerOf = (gmail: Gmail): Sealer => createSealer(gmail.tokenSecrets, "gmail-token");

/** How an access lies in the database. */
export function sealAccess(gmail: Gmail, owner: Owner, { accessToken, expiresAt }: Access) {
  return { accessToken: sealerOf(gmail).seal(accessToken, ownerOf(owner)), accessExpiresAt: expiresAt };
}

export const sealRefreshToken = (gmail: Gmail, owner: Owner, refreshToken: string): string =>
  sealerOf(gmail).seal(refreshToken, ownerOf(owner));

/** The token that a grant is taken back with; null when it cannot be read any more. */
export const openRefreshToken = (gmail: Gmail, row: EmailConnectionModel): string | null =>
  sealerOf(gmail).open(row.refreshToken, ownerOf(row));

/** Renewed so long before its end, so that no call meets it. */
const SPARE_MS = 60_000;

/** Calls Gmail in somebody's name: renews the access when it ends, and once when Google does not know it. */
export type MailboxAccess = {
  /** @throws GoogleError, `revoked` when only the owner can help. */
  call: <T>(work: (accessToken: string) => Promise<T>) => Promise<T>;
};

export function openMailbox(ctx: CoreContext, gmail: Gmail, row: EmailConnectionModel): MailboxAccess {
  const opened = sealerOf(gmail).open(row.accessToken, ownerOf(row));
  let access: Access | null = opened === null ? null : { accessToken: opened, expiresAt: row.accessExpiresAt };
  let renewing: Promise<Access> | null = null;

  const renew = async (): Promise<Access> => {
    const refreshToken = openRefreshToken(gmail, row);
    if (refreshToken === null) throw new GoogleError("revoked", "The stored access cannot be read any more.");
    const renewed = await gmail.oauth.refresh(refreshToken);
    await ctx.db.emailConnection.updateMany({
      // Connected anew meanwhile: that access stays.
      where: { id: row.id, refreshToken: row.refreshToken },
      data: sealAccess(gmail, row, renewed),
    });
    return renewed;
  };
  /** Calls go side by side: one renewal is enough for all of them. */
  const renewOnce = async (): Promise<Access> => {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    access = await renewing;
    return access;
  };

  return {
    async call(work) {
      const isOver = access === null || access.expiresAt.getTime() - SPARE_MS < ctx.ports.now().getTime();
      const { accessToken } = access === null || isOver ? await renewOnce() : access;
      try {
        return await work(accessToken);
      } catch (error) {
        if (!isGoogleFailure(error, "expired")) throw error;
        const isRenewed = access !== null && access.accessToken !== accessToken;
        return work((isRenewed && access ? access : await renewOnce()).accessToken);
      }
    },
  };
}
