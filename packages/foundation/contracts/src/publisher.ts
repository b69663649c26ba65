import { type ControllerId, controllerId } from "@preau/kernel";

/**
 * The scope of the publisher's own people and accounts: no client may bear this name. Where it stands as controller, the
 * publisher decides why and how its own staff's data is used (art. 4(7)).
 */
export const PUBLISHER: ControllerId = controllerId("publisher");
