/** What an erasure at a provider does not reach, as a receipt says it. @clause D12.2, S7 */
import type { NotCovered } from "@preau/kernel";

/** Messages that the provider may have, and that nothing leads to. */
export function unnamedMessages(messages: number): readonly NotCovered[] {
  if (messages === 0) return [];
  return [
    {
      what: `brevo.log: ${messages} message(s) without the provider's name of them`,
      why: "the provider's answer was lost, and the text with the address is destroyed: no question finds them there",
      remedy:
        "they go when the account's own retention of its log ends (`preau mail doctor`, brevo.retention)",
    },
  ];
}

/** Contact and block of an address that the account has for other controllers too. */
export function sharedAddresses(addresses: number): readonly NotCovered[] {
  if (addresses === 0) return [];
  return [
    {
      what: `brevo.contact, brevo.blockedContact: ${addresses} address(es) shared with another controller`,
      why: "the account writes to them for another controller as well, and knows no controllers",
      remedy: "they go with the last controller that has something carried there",
    },
  ];
}

/** Messages that an account carried which is not the one that carries now. */
export function carriedBefore(messages: number): readonly NotCovered[] {
  if (messages === 0) return [];
  return [
    {
      what: `brevo.log: ${messages} message(s) carried by Brevo, which carries no more`,
      why: "plugins.mailer names another transport: nothing is asked of that account",
      remedy: "delete them there by hand, or close the account (Transactional > Logs; Contacts)",
    },
  ];
}
