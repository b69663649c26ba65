/** The invented schools of the simulated GAR. No such UAI is attributed: there is no department 099. */

export interface GarSchool {
  /** Seven digits and a letter. */
  readonly uai: string;
  readonly name: string;
  /** `nature_uai` of the list of schools: 151 école élémentaire, 340 collège. */
  readonly nature: "151" | "340";
  readonly place: string;
  readonly postalCode: string;
  /** Code of the ENT project, not encoded yet: `Z0` stands as `WjA=` in deep links. */
  readonly ent: string;
}

export const garSchools: readonly GarSchool[] = [
  {
    uai: "0999999A",
    name: "École élémentaire du Tableau noir",
    nature: "151",
    place: "Port-Chimère",
    postalCode: "09901",
    ent: "Z0",
  },
  {
    uai: "0999998B",
    name: "École élémentaire des Alouettes",
    nature: "151",
    place: "Val-Fictif",
    postalCode: "09902",
    ent: "Z0",
  },
  {
    uai: "0999997C",
    name: "Collège Hypatie-des-Sources",
    nature: "340",
    place: "Port-Chimère",
    postalCode: "09901",
    ent: "Z1",
  },
];

/** The school of a UAI. */
export function schoolOf(uai: string): GarSchool | undefined {
  return garSchools.find((each) => each.uai === uai);
}

/** Primary schools: no mail, no subject, no teacher-librarian. */
export function isPrimary(school: GarSchool): boolean {
  return school.nature === "151";
}
