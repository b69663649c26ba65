export type { ExportPorts } from "./export-ports.ts";
export {
  type ManifestLine,
  type PackageContent,
  type PackageEntry,
  type PackageKind,
  packageKinds,
  type PackageProgress,
} from "./package-content.ts";
