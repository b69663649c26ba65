export {
  makeSubjectDirectory,
  type StoredSubjectDirectory,
  type SubjectDirectoryOptions,
} from "./subject-directory.ts";
export {
  type NamedPerson,
  type PersonPorts,
  personIfKnown,
  readNamedPerson,
} from "./person-if-known.ts";
export { type SubjectsPersonalDataOptions, subjectsPersonalData } from "./subjects-personal-data.ts";
export { subjectMigrations } from "./migrations/subject-migrations.ts";
