/** The agreements and the list of clauses that ship with the product. Reading them is the caller's business. */

/** Folder of the reference publisher's agreement: `agreement.yaml`, `text.fr.md`, `text.en.md`. */
export const referenceFolder = new URL("../reference/publisher/", import.meta.url);
/** Folder of the reference policy on samples and client data, in the same form. */
export const samplesFolder = new URL("../reference/samples/", import.meta.url);
/** `clauses.yaml`: a list of `{ id, fr, en, figure?: { fr, en }, who?: { fr, en } }`. */
export const clausesFile = new URL("../reference/clauses.yaml", import.meta.url);
