/** Which builder makes the content of an order. @clause D10.1a, DD.2, S8 */
import type { ActorRole, ControllerId, Language, ProjectKind, SubjectTarget } from "@preau/kernel";
import { databaseRestitution } from "./database-restitution.ts";
import { fault } from "./errors.ts";
import type { ExportPorts } from "./export-ports.ts";
import type { PackageContent } from "./package-content.ts";
import { personCopy } from "./person-copy.ts";

export interface ContentRequest {
  readonly controller: ControllerId;
  readonly language: Language;
  readonly requestedBy: ActorRole;
  readonly what:
    | { readonly kind: "access" | "portability"; readonly subject: SubjectTarget }
    | {
        readonly kind: "project";
        readonly store: string;
        readonly projectKind: ProjectKind;
        readonly project: string;
      }
    | { readonly kind: "database"; readonly store: string };
}

export type ContentMaker = (ports: ExportPorts, request: ContentRequest) => PackageContent;

/** @throws EXPORT_BAD_ORDER; the content's own faults come when it is read */
export const contentOf: ContentMaker = (ports, { what, ...request }) => {
  if (what.kind === "access" || what.kind === "portability")
    return personCopy(ports, { ...request, ...what });
  if (what.kind === "database") return databaseRestitution(ports, { ...request, store: what.store });
  throw fault("EXPORT_BAD_ORDER", { place: what.kind });
};
