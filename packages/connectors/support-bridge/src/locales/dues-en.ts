export const duesEn = {
  proposal: "Say whether a message to the support asks for a right",
  stuck: "Erase a conversation at the support desk by hand",
} as const;
