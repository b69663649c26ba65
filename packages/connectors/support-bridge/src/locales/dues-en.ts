export const duesEn = {
  proposal: "Say whether a message to the support asks for a right",
  failed: "Read at the support desk what could not be taken in: a right may be asked for there",
  stuck: "Erase a conversation at the support desk by hand",
} as const;
