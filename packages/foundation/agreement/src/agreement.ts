/** An agreement as the software holds it: what `agreement.yaml` says, frozen, with the text that it stands beside. */
import type { Language } from "@preau/kernel";
import type { z } from "zod";
import type { agreementSchema } from "./schema.ts";

type Deep<T> = T extends string | number | boolean | undefined ? T : { readonly [K in keyof T]: Deep<T[K]> };

export interface Agreement extends Deep<z.output<typeof agreementSchema>> {
  /** The Markdown text by language; empty when the YAML was read alone. */
  readonly texts: { readonly [L in Language]?: string };
}

/** One role of the data subjects of one product, by one way in: annex B. */
export type DataRow = Agreement["annexB"][number];
/** Whom data may reach inside the house, or on the controller's side. */
export type Recipient = Agreement["recipients"][number];
/** Annex C: whom the processor engages. */
export type Subprocessor = Agreement["annexC"][number];
export type Product = Agreement["products"][number];
export type Period = Agreement["periods"][number];
export type Anchor = NonNullable<Agreement["retention"][number]["anchor"]>;
export type BackupGeneration = NonNullable<Agreement["backups"]>["generations"][number];
