/** On your server, for whoever is signed in there. No answer, no widget. */
export async function supportFor(user: { id: string; role: string; origin: "gar" | "outsideGar" }) {
  const { id: value, role, origin } = user;
  const reply = await fetch(`${process.env["PREAU_URL"]}/api/v1/support/offer`, {
    method: "POST",
    headers: { authorization: `Bearer ${process.env["PREAU_TOKEN"]}`, "content-type": "application/json" },
    body: JSON.stringify({ person: { kind: "lms.user", value }, product: "plume", role, origin }),
  });
  return (reply.ok ? await reply.json() : { channel: "none" }) as Record<string, string>;
}
