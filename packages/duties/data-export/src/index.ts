export { dataExportPlugin } from "./plugin.ts";
export type { ExportPorts } from "./export-ports.ts";
export {
  type ManifestLine,
  type PackageContent,
  type PackageEntry,
  type PackageKind,
  packageKinds,
  type PackageProgress,
} from "./package-content.ts";
export { databaseRestitution, type RestitutionRequest } from "./database-restitution.ts";
export { personCopy } from "./person-copy.ts";
export { type ProjectArchiveRequest, projectArchive } from "./project-archive.ts";
export { type WriteOptions, type WrittenPackage, writePackage } from "./write-package.ts";
export { type Protection, packageEnding } from "./write-package-bytes.ts";
export { type ContentRequest, contentOf } from "./content-of.ts";
export {
  type ExportId,
  type ExportOrder,
  type ExportState,
  type ExportWhat,
  type OrderedProtection,
  packageNameOf,
} from "./export-order.ts";
export { type ExportActor, type NewExport, type Ordered, orderExport } from "./export-order-place.ts";
export { type Cancelling, cancelExport } from "./export-order-cancel.ts";
export { listExports, type ShownState, shownState } from "./export-order-list.ts";
export { linkOf, type MadeLink } from "./export-link.ts";
export { type ExportOptions, exportOptions } from "./options.ts";
export { errors } from "./errors.ts";
