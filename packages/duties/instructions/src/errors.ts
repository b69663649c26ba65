import { defineErrors, faultsOf } from "@preau/kernel";

export const errors = defineErrors({});

export const fault = faultsOf(errors);
