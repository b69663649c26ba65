import { z } from "zod";

const backupStore = z
  .strictObject({
    /** Ids of the stores of personal data that it holds copies of; `all` for every one. */
    sources: z.union([z.literal("all"), z.array(z.string().min(1)).min(1)]),
    /** The controller whose backups these are alone; everybody's when absent. */
    controller: z.string().optional(),
    /** A folder of dumps. */
    folder: z.string().min(1).optional(),
    /** How its files are named, `school-{generation}-{date}.sql.gz`; read from the names themselves when absent. */
    pattern: z.string().min(1).optional(),
    /** A restic repository instead; its password by RESTIC_PASSWORD_FILE, or here. */
    restic: z.string().min(1).optional(),
    /** File that holds the repository's password. */
    passwordFile: z.string().min(1).optional(),
    /** Snapshots with one of these tags alone. */
    tags: z.array(z.string().min(1)).min(1).optional(),
    /** Day on which these backups began: none is missed before. */
    since: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  })
  .refine(({ folder, restic }) => (folder === undefined) !== (restic === undefined), "a folder, or restic");

export const backupsOptions = z.strictObject({
  /** Where backups stand, for the day on which the last copy of an erased person is gone. */
  stores: z.array(backupStore).default([]),
});

export type BackupsOptions = z.infer<typeof backupsOptions>;
export type BackupStoreOptions = z.infer<typeof backupStore>;
