export const acknowledgement = {
  title: "Your message has been received",
  paragraphs: [
    "A person will read it and pass it on to whoever is responsible for the data it is about, within the time that our agreements set. We do not answer in their place.",
    "They answer you within the time that the law sets, and may ask you who you are. We ask for no document.",
    "What you wrote is encrypted, and is destroyed once your request is closed.",
  ],
} as const;
