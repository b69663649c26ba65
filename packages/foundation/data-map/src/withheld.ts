/** What stands in the place of somebody else. */
export const WITHHELD = "…";
