import { registeredAuth } from "@hustings/auth/configuration";
import { createAuthOptions } from "@hustings/auth/options";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";

/** NextAuth's own paths; everything else under `/api` is answered before Next. */
export default function handler(req: NextApiRequest, res: NextApiResponse): Promise<void> {
  return NextAuth(req, res, createAuthOptions(registeredAuth())) as Promise<void>;
}
