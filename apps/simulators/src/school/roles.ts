/**
 * Annex B as the school keeps it: for each kind of account, the columns of `sch_account` that may hold something. What a
 * row of the annex does not list is never asked for, so it cannot be filled.
 */

export type Product = "plume" | "jardin";
export type Role = "administrator" | "teacher" | "pupil" | "child" | "parent";
export type AccountKind = keyof typeof heldColumns;

/** Sign-in identifier, address of the last connection and settings of the device: annex B's connection and usage. */
const connection = ["login", "last_ip", "device_settings"] as const;

export const heldColumns = {
  "plume.gar.teacher": ["first_name", "last_name", "profile", "gar_id", ...connection],
  "plume.administrator": ["first_name", "last_name", "profile", "email", "telephone", ...connection],
  "plume.teacher": ["first_name", "last_name", "profile", "email", "telephone", ...connection],
  "plume.pupil": ["first_name", "last_name", "birth_date", "handedness", ...connection],
  "jardin.administrator": [
    "first_name",
    "last_name",
    "professional_data",
    "email",
    "telephone",
    ...connection,
  ],
  "jardin.teacher": ["first_name", "last_name", "professional_data", "email", ...connection],
  "jardin.child": ["first_name", "last_name", "birth_date", ...connection],
  // No name, no identifier, no trace of use: the address alone, which is also what a parent signs in with.
  "jardin.parent": ["email"],
} as const satisfies Readonly<Record<string, readonly PersonalColumn[]>>;

export type PersonalColumn = (typeof personalColumns)[number];

/** Every column of `sch_account` that says something of a person. */
export const personalColumns = [
  "login",
  "first_name",
  "last_name",
  "email",
  "telephone",
  "birth_date",
  "handedness",
  "profile",
  "professional_data",
  "gar_id",
  "last_ip",
  "device_settings",
] as const;

/** The kind of an account, of what its row and its school say. */
export function kindOf(account: {
  readonly role: Role;
  readonly gar_id: string | null;
  readonly product: Product;
}): AccountKind {
  const { role, product } = account;
  if (role === "pupil") return "plume.pupil";
  if (role === "child" || role === "parent") return `jardin.${role}`;
  if (product === "plume" && role === "teacher" && account.gar_id !== null) return "plume.gar.teacher";
  return `${product}.${role}`;
}
