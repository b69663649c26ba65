/** What the connector's tables are called, for whoever reads a copy. @clause D10.1a */
import type { RecordWords } from "@preau/kernel";

const product = { title: { fr: "Produit", en: "Product" } };
const role = { title: { fr: "Rôle", en: "Role" } };

export const recordWords: RecordWords = {
  tables: {
    gar_account: {
      title: { fr: "Comptes de connexion", en: "Sign-in accounts" },
      columns: {
        product,
        role,
        provider: { title: { fr: "Porte d’entrée", en: "Way in" } },
        schoolYear: { title: { fr: "Année scolaire", en: "School year" } },
        firstAt: { title: { fr: "Première connexion", en: "First sign-in" }, form: "isoMoment" },
        lastAt: { title: { fr: "Dernière connexion", en: "Last sign-in" }, form: "isoMoment" },
      },
    },
    gar_relink: {
      title: { fr: "Demandes de rattachement", en: "Requests to be joined to an old account" },
      columns: {
        product,
        role,
        askedAt: { title: { fr: "Demandé le", en: "Asked on" }, form: "isoMoment" },
        expiresAt: { title: { fr: "Valable jusqu’au", en: "Valid until" }, form: "isoMoment" },
        id: { title: { fr: "Numéro", en: "Number" }, form: "technical" },
      },
    },
  },
  categories: {},
};
