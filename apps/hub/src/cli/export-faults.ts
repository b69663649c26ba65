/** The refusals of exports, where a command says them before an export has begun. */
import { errors } from "@preau/data-export";
import { faultsOf } from "@preau/kernel";

export const exportFault = faultsOf(errors);
