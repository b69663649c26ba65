/** Where Brevo's web hooks come in. */
export const BREVO_HOOK = "/mail/hooks/brevo";
