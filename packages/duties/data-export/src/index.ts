export type { ExportPorts } from "./export-ports.ts";
export {
  type ManifestLine,
  type PackageContent,
  type PackageEntry,
  type PackageKind,
  packageKinds,
  type PackageProgress,
} from "./package-content.ts";
export { personCopy } from "./person-copy.ts";
export { type WriteOptions, type WrittenPackage, writePackage } from "./write-package.ts";
export { type Protection, packageEnding } from "./write-package-bytes.ts";
