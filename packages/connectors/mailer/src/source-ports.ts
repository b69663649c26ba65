import type { Ports } from "@preau/kernel";

/** What the store of messages needs. */
export type SourcePorts = Pick<Ports, "clock" | "jobs" | "unitOfWork" | "vault">;
