/** Whose rows a reader may see: one controller's, or everybody's for the publisher's own staff. Never left out. */
import type { ControllerId } from "@preau/kernel";

export type Scope = ControllerId | "all";
