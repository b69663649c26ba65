import { defineErrors, faultsOf, errors as kernelErrors } from "@preau/kernel";

export const errors = defineErrors({});

export const fault = faultsOf(errors);
/** The faults of the port, which are the kernel's. */
export const kernelFault = faultsOf(kernelErrors);
