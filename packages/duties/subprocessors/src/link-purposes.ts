/** What links of this package are good for: each for one thing alone. */
export const RECEIPT = "subprocessors.receipt";
export const OBJECTION = "subprocessors.objection";
