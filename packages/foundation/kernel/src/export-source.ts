/**
 * The fourth face of a store: what can be handed out of it beyond one person's rows. Every part is optional: a store
 * without words is read by the names of its tables, one without projects or a dump says so in the package.
 * @clause DD.2, S8, D13.1
 */
import type { ControllerId } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { Bilingual } from "./language.ts";
import type { NotCovered, RecordFile } from "./personal-data-source.ts";

/** How a value of a column is read. `technical` stands in the files for machines alone. */
export type ValueForm =
  | "text"
  | "html"
  | "number"
  | "yesNo"
  /** Seconds since 1970; 0 is none. */
  | "unixSeconds"
  /** An ISO date or instant. */
  | "isoMoment"
  /** Seconds. */
  | "duration"
  | "bytes"
  | "technical";

export interface ColumnWords {
  readonly title: Bilingual;
  readonly form?: ValueForm;
  /** What the values of a closed list mean. */
  readonly choices?: Readonly<Record<string, Bilingual>>;
}

export interface TableWords {
  readonly title: Bilingual;
  /** Columns in the order in which a reader wants them; what is not named is technical. */
  readonly columns: Readonly<Record<string, ColumnWords>>;
}

/** What the tables and categories of a store are called, by the `where` and `category` of its records. */
export interface RecordWords {
  /** In the order in which a reader wants them. */
  readonly tables: Readonly<Record<string, TableWords>>;
  readonly categories: Readonly<Record<string, Bilingual>>;
}

export type ProjectKind = "class" | "course" | "school";

/** What a teacher calls a project: one class, one course, the whole school. */
export interface Project {
  readonly kind: ProjectKind;
  /** Opaque, of this store. */
  readonly id: string;
  /** As the application shows it. May name a person: never logged. */
  readonly title: string;
}

/** One row or file of a project, of whomever. */
export interface ProjectRecord {
  readonly where: string;
  readonly row: JsonObject;
  /** Its `name` may hold folders with `/`, in the words of the application: `Maths 2de 1/Devoir 3/copie.pdf`. */
  readonly file?: RecordFile;
}

export interface ProjectRequest {
  readonly controller: ControllerId;
  readonly kind: ProjectKind;
  readonly id: string;
  /** Only these, by the `where` of records; all when absent. */
  readonly tables?: readonly string[];
  readonly signal?: AbortSignal;
}

/** A logical dump of one database. */
export interface Dump {
  /** `moodle.sql`. */
  readonly name: string;
  /** The command of a stock tool that loads it: `mariadb --default-character-set=utf8mb4 NAME < moodle.sql`. */
  readonly load: string;
  readonly bytes: (signal?: AbortSignal) => AsyncIterable<Uint8Array>;
}

/** The whole of a store, for its controller. */
export interface Restitution {
  readonly dumps: readonly Dump[];
  /** Every file of the file archive; `name` is its path within, with `/`. */
  readonly files: (signal?: AbortSignal) => AsyncIterable<RecordFile>;
  readonly notCovered: readonly NotCovered[];
}

/** Rows of one table with columns of the person whom each is about, for a release: neither key nor reference comes along. */
export interface RowsRequest {
  readonly controller: ControllerId;
  readonly table: string;
  /** Columns of the table. */
  readonly columns: readonly string[];
  /** The table's column that refers to the person; absent for the person table itself. */
  readonly by?: string;
  /** Columns of the person's own row: they come as `person.<column>`. */
  readonly person?: readonly string[];
  /** Under this name each row bears a token of its person, to count persons by: of no use beyond this call. */
  readonly token?: string;
  readonly signal?: AbortSignal;
}

export interface ExportSource {
  readonly words?: RecordWords;
  readonly projectKinds: readonly ProjectKind[];
  /** In the order of their titles. Another controller is given none. */
  projects(controller: ControllerId, kind: ProjectKind): Promise<readonly Project[]>;
  /** Every row and file of one project. Another controller is given nothing. @throws SOURCE_NO_PROJECT */
  collectProject(request: ProjectRequest): AsyncIterable<ProjectRecord>;
  /** Undefined for another controller, and where the store cannot be dumped. */
  restitution(controller: ControllerId): Promise<Restitution | undefined>;
  /** What the rows of a table are about (`results`, `courseContent`); undefined for a table that it lacks. */
  categoryOf?(table: string): string | undefined;
  /** Rows of persons under restriction (art. 18) are left out. @throws SOURCE_NO_TABLE */
  rows(request: RowsRequest): AsyncIterable<JsonObject>;
}
