/** Invented administrators and teachers of outside the GAR. */
export interface StaffSketch {
  readonly id: number;
  readonly school_id: number;
  readonly role: "administrator" | "teacher";
  readonly login: string;
  readonly first_name: string;
  readonly last_name: string;
  /** The profile in Plume, professional data in Jardin. */
  readonly says: string;
  readonly telephone?: string;
}

const row = (
  [id, school_id, role]: readonly [number, number, StaffSketch["role"]],
  name: readonly [string, string],
  login: string,
  says: string,
  telephone?: string,
): StaffSketch => ({
  ...{ id, school_id, role, login, first_name: name[0], last_name: name[1], says },
  ...(telephone === undefined ? {} : { telephone }),
});

export const staff: readonly StaffSketch[] = [
  row([1, 1, "administrator"], ["Roxane", "Estelle-Vidaume"], "adm.vidaume", "direction", "01 99 00 11 01"),
  row([2, 2, "administrator"], ["Hermance", "Vogelweith"], "adm.vogelweith", "directrice", "03 53 01 22 02"),
  row([3, 3, "administrator"], ["Ronan", "Quillivéréal"], "adm.quillivereal", "directeur", "02 61 91 33 03"),
  row([4, 4, "administrator"], ["Ségolène", "Hackspillard"], "adm.hackspillard", "direction"),
  row([21, 1, "teacher"], ["Delphine", "O'Brannec"], "ens.obrannec", "professionnelle de santé"),
  row(
    [22, 4, "teacher"],
    ["Jean-Noël", "Würtzmann"],
    "ens.wurtzmann",
    "personne enseignante",
    "03 53 01 44 22",
  ),
  row([23, 4, "teacher"], ["Fériel", "Bensoudane"], "ens.bensoudane", "personne enseignante"),
  row([24, 4, "teacher"], ["Côme", "L'Estrangeval"], "ens.lestrangeval", "personne enseignante"),
  row(
    [31, 2, "teacher"],
    ["Adélaïde", "Schœnmattre"],
    "ens.schoenmattre",
    "professeure des écoles, temps plein",
  ),
  row([32, 2, "teacher"], ["Tidiane", "Sarréguel"], "ens.sarreguel", "professeur des écoles, temps partiel"),
  row([33, 2, "teacher"], ["Noémie", "Klingelbach"], "ens.klingelbach", "professeure stagiaire"),
  row([34, 3, "teacher"], ["Solenn", "Le Darrivec"], "ens.ledarrivec", "professeure des écoles, temps plein"),
  row([35, 3, "teacher"], ["Björn", "Ahlqvestrand"], "ens.ahlqvestrand", "professeur remplaçant"),
];
