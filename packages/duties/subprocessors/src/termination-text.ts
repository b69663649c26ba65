/** D8.4's notice: plain, in writing, without compensation. Sending it is a person's act, never the product's. @clause D8.4 */
import type { Language } from "@preau/kernel";

export interface TerminationFacts {
  /** Of the contract. */
  readonly reference: string;
  /** Of the subprocessor that was objected to. */
  readonly name: string;
  /** The contract's last day, in words. */
  readonly endsOn: string;
}

/** The notice, paragraph by paragraph. @clause D8.4 */
export function terminationText(
  { reference, name, endsOn }: TerminationFacts,
  language: Language,
): readonly string[] {
  return language === "fr"
    ? [
        "Bonjour,",
        `Vous vous êtes opposé au changement que nous vous avions annoncé au sujet de ${name}. L’accord nous permet alors de mettre fin au contrat par simple notification écrite, sans indemnité.`,
        `Par la présente, nous mettons fin au contrat ${reference}. Son dernier jour est le ${endsOn}. Aucune indemnité n’est due, de part ni d’autre.`,
        "Jusque-là rien ne change, et aucune donnée de votre établissement n’est confiée à ce sous-traitant dans les conditions auxquelles vous vous êtes opposé. Vos données vous sont ensuite restituées ou sont effacées, selon votre choix.",
      ]
    : [
        "Good day,",
        `You objected to the change that we announced about ${name}. The agreement then lets us end the contract by plain written notice, without compensation.`,
        `With this notice we end contract ${reference}. Its last day is ${endsOn}. No compensation is due, on either side.`,
        "Until then nothing changes, and none of your institution’s data is given to this subprocessor on the terms that you objected to. Your data is then given back or erased, as you choose.",
      ];
}
