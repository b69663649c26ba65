export type { DataMap, KeepReason, MapRule, MapTable, MapVerdict, Parent, Strategy } from "./map-schema.ts";
export { parseDataMap } from "./parse-map.ts";
export { extendDataMap } from "./extend-map.ts";
export { type LooseEnd, looseEnds } from "./loose-ends.ts";
export {
  type ColumnClass,
  type DatabaseSchema,
  readSchema,
  type SchemaColumn,
  type SchemaTable,
} from "./read-schema.ts";
export { checkDrift, type Drift } from "./check-drift.ts";
export { type DataMapSource, type DataMapSourceOptions, makeDataMapSource } from "./data-map-source.ts";
export { type CreatedRow, createdRows } from "./creation-marks.ts";
export { type LifecycleOptions, makeDataMapLifecycle } from "./lifecycle.ts";
export { positionIn } from "./yaml-position.ts";
export { errors } from "./errors.ts";
export { type LookAgainOptions, makeDataMapLookAgain, type ReferenceColumn } from "./look-again.ts";
export { mappedReferences } from "./mapped-references.ts";
export { parseMapWords, recordWordsOf } from "./record-words.ts";
export type { MapWords } from "./record-words-schema.ts";
export type { RowFiles } from "./collect-person.ts";
export { makeTraceMatcher, type TraceMatcher } from "./look-again-text.ts";
export { type DataMapExportsOptions, makeDataMapExports } from "./export-faces.ts";
export { withProjects } from "./project-file.ts";
export type { ProjectFiles } from "./project-face.ts";
