/**
 * Posts deliveries over HTTP from a process of its own, so that the receiver's CPU is the receiver's alone. Told by its
 * parent, `{ url, deliveries: { body, signature }[], senders }`; answers how many were acknowledged.
 */
import { Agent, request } from "node:http";

process.on("message", async ({ url, deliveries, senders }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: senders });
  let next = 0;
  let acknowledged = 0;
  const send = async () => {
    for (let delivery = deliveries[next++]; delivery; delivery = deliveries[next++])
      if ((await post(agent, url, delivery)) === 200) acknowledged++;
  };
  await Promise.all(Array.from({ length: senders }, send));
  agent.destroy();
  process.send?.(acknowledged);
});
process.on("disconnect", () => process.exit());

function post(agent, url, { body, signature }) {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body), signature };
    const req = request(url, { method: "POST", agent, headers }, (res) => {
      res.resume();
      res.on("end", () => resolve(res.statusCode));
    });
    req.on("error", reject);
    req.end(body);
  });
}
