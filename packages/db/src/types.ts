/** The generated model and enum types, for mappers and queries. Types only: the client itself is `client.ts`. */
export type { Prisma } from "./generated/client";
export type * from "./generated/models";
