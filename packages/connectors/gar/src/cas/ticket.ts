/** A service ticket (CAS 3.0 protocol, §3.1 and §3.7): `ST-`, at most 256 characters; some servers end it with their host's name. */
export function isTicket(text: string): boolean {
  return /^ST-[A-Za-z0-9._-]{8,253}$/.test(text);
}
