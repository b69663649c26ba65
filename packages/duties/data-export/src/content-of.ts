/** Which builder makes the content of an order. @clause D10.1a, DD.2, S8 */
import type { ActorRole, ControllerId, Language, ProjectKind, SubjectTarget } from "@preau/kernel";
import { databaseRestitution } from "./database-restitution.ts";
import type { ExportPorts } from "./export-ports.ts";
import type { PackageContent } from "./package-content.ts";
import { personCopy } from "./person-copy.ts";
import { projectArchive } from "./project-archive.ts";

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

/** The content's own faults come when it is read. */
export const contentOf: ContentMaker = (ports, { what, ...request }) => {
  switch (what.kind) {
    case "access":
    case "portability":
      return personCopy(ports, { ...request, ...what });
    case "database":
      return databaseRestitution(ports, { ...request, store: what.store });
    case "project":
      return projectArchive(ports, {
        ...{ controller: request.controller, language: request.language, store: what.store },
        ...{ kind: what.projectKind, id: what.project },
      });
  }
};
