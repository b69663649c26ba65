export const acknowledgement = {
  title: "Votre message a été reçu",
  paragraphs: [
    "Une personne le lira et le transmettra au responsable des données concernées, dans le délai que fixent nos accords. Nous ne répondons pas à sa place.",
    "C’est lui qui vous répond, dans le délai que fixe la loi\u202f; il peut vous demander qui vous êtes. Nous ne demandons aucun document.",
    "Ce que vous avez écrit est chiffré, et sera détruit une fois votre demande close.",
  ],
} as const;
