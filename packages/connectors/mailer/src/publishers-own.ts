/** Under whose name stands what is nobody's in particular: the publisher's own. As `@preau/web` has it, whose pages this file's readers do not need. */
import { type ControllerId, controllerId } from "@preau/kernel";

export const PUBLISHER: ControllerId = controllerId("publisher");
