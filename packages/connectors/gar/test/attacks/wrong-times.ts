/** Times: passed, not yet begun, missing, or none (SAML core §1.3.3). */
import type { Attack } from "./documents.ts";
import { swap } from "./documents.ts";
import { assertion, at, envelope, field, issueInstantOf } from "./wrong-field.ts";

const MINUTE = 60_000;

export const wrongTimes: readonly Attack[] = [
  field("conditions passed", (f) => ({ notOnOrAfter: f.issuedAt - 61_000 }), "expired"),
  field("conditions not yet begun", (f) => ({ notBefore: f.issuedAt + 61_000 }), "wrongTime"),
  field(
    "conditions that end before they begin",
    (f) => ({ notBefore: f.issuedAt + 30_000, notOnOrAfter: f.issuedAt - 30_000 }),
    "wrongTime",
  ),
  assertion(
    "conditions without end",
    (xml) => swap(xml, /(<saml:Conditions [^>]*) NotOnOrAfter="[^"]*"/, "$1"),
    "wrongTime",
  ),
  assertion("no Conditions", (xml) => swap(xml, /<saml:Conditions [\s\S]*<\/saml:Conditions>/, "")),
  assertion("two Conditions", (xml) => swap(xml, /<saml:Conditions [\s\S]*<\/saml:Conditions>/, "$&$&")),
  field("a confirmation passed", (f) => ({ confirmationEnd: f.issuedAt - 61_000 }), "expired"),
  assertion(
    "a confirmation without end",
    (xml) => swap(xml, /(SubjectConfirmationData[^>]*) NotOnOrAfter="[^"]*"/, "$1"),
    "wrongTime",
  ),
  field("issued in the future", (f) => ({ issuedAt: f.issuedAt + 61_000 }), "wrongTime"),
  field(
    "issued long ago, valid for a year",
    (f) => ({ issuedAt: f.issuedAt - 60 * MINUTE, notOnOrAfter: f.issuedAt + 3e10 }),
    "expired",
  ),
  assertion(
    "the assertion issued long ago, the Response now",
    (xml, f) => issueInstantOf(xml, `IssueInstant="${at(f.issuedAt - 60 * MINUTE)}"`),
    "expired",
  ),
  assertion(
    "the assertion issued in the future, the Response now",
    (xml, f) => issueInstantOf(xml, `IssueInstant="${at(f.issuedAt + 2 * MINUTE)}"`),
    "wrongTime",
  ),
  assertion("the assertion without IssueInstant", (xml) => issueInstantOf(xml, ""), "wrongTime"),
  envelope(
    "the Response issued in the future",
    (xml, f) => issueInstantOf(xml, `IssueInstant="${at(f.issuedAt + 2 * MINUTE)}"`),
    "wrongTime",
  ),
  envelope(
    "the Response issued long ago",
    (xml, f) => issueInstantOf(xml, `IssueInstant="${at(f.issuedAt - 60 * MINUTE)}"`),
    "expired",
  ),
  envelope("the Response without IssueInstant", (xml) => issueInstantOf(xml, ""), "wrongTime"),
  envelope("the Response issued at no time", (xml) => issueInstantOf(xml, 'IssueInstant="now"'), "wrongTime"),
  ...(
    [
      ["no time at all", "soon"],
      ["an empty time", ""],
      ["a time without Z", "2026-11-23T08:04:00"],
      ["a time with an offset", "2026-11-23T08:04:00+00:00"],
      ["a date alone", "2026-11-23"],
      ["a day that does not exist", "2027-02-30T08:04:00Z"],
      ["the hour 24", "2026-11-23T24:00:00Z"],
      ["a leap second", "2026-11-23T23:59:60Z"],
      ["a year of five digits", "12026-11-23T08:04:00Z"],
      ["a time in words", "Mon, 23 Nov 2027 08:04:00 GMT"],
      ["milliseconds since 1970", "1795420800000"],
      ["a space around it", " 2026-11-23T08:04:00Z"],
    ] as const
  ).map(([what, value]) =>
    assertion(
      `NotOnOrAfter of the conditions: ${what}`,
      (xml) => swap(xml, /(<saml:Conditions [^>]*NotOnOrAfter=")[^"]*/, `$1${value}`),
      "wrongTime",
    ),
  ),
  assertion(
    "a confirmation that ends at no time",
    (xml) => swap(xml, /(SubjectConfirmationData[^>]*NotOnOrAfter=")[^"]*/, "$1soon"),
    "wrongTime",
  ),
  assertion(
    "AuthnInstant in the future",
    (xml, f) => swap(xml, /AuthnInstant="[^"]*"/, `AuthnInstant="${at(f.issuedAt + 2 * MINUTE)}"`),
    "wrongTime",
  ),
  assertion(
    "AuthnInstant at no time",
    (xml) => swap(xml, /AuthnInstant="[^"]*"/, 'AuthnInstant="x"'),
    "wrongTime",
  ),
  assertion("no AuthnInstant", (xml) => swap(xml, / AuthnInstant="[^"]*"/, ""), "wrongTime"),
  assertion(
    "a session that is over",
    (xml, f) => swap(xml, "<saml:AuthnStatement ", `$&SessionNotOnOrAfter="${at(f.issuedAt - 61_000)}" `),
    "expired",
  ),
  assertion(
    "a session that ends at no time",
    (xml) => swap(xml, "<saml:AuthnStatement ", '$&SessionNotOnOrAfter="never" '),
    "wrongTime",
  ),
];
