/** A guardian’s form, filled in. */
export const ASKED = {
  ...{ "ask-access": "on", role: "guardian", name: "Zoé D’Alençon", address: "zoe@famille.example" },
  ...{ school: "Collège du Hameau", pupil: "Ésope D’Alençon" },
};
