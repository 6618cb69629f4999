// RxDB in memory, with the HTTP replication of its manual.
// Arguments: port, columns, ids, how many edits at once.
import fs from "node:fs";
import { replicateRxCollection } from "rxdb/plugins/replication";
import { collectionOf } from "./rxdb_shape.mjs";
import { answer, taking } from "./stages.mjs";

const [port, columns, ids, size] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}`;
const town = await collectionOf("tablet", JSON.parse(fs.readFileSync(columns, "utf8")));
const next = taking(ids, Number(size));
let moved = 0;

async function pull(since, limit) {
  const place = since ? `&id=${since.id}&lwt=${since.lwt}` : "";
  const told = await (await fetch(`${address}/pull?limit=${limit}${place}`)).json();
  moved += told.documents.length;
  return told;
}

async function push(changed) {
  moved += changed.length;
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(changed);
  return (await fetch(`${address}/push`, { method: "POST", headers, body })).json();
}

// Goes on from where the one before it ended, until both sides have what the other has.
async function round() {
  moved = 0;
  const replication = replicateRxCollection({
    collection: town,
    replicationIdentifier: "voirie-bench",
    live: false,
    waitForLeadership: false,
    pull: { handler: pull, batchSize: 1000 },
    push: { handler: push, batchSize: 200 },
  });
  replication.error$.subscribe((error) => console.error(error));
  await replication.awaitInitialReplication();
  await replication.cancel();
  return moved;
}

async function edit() {
  const found = await town.findByIds(next()).exec();
  const edited = [...found.values()].map((doc) => {
    const { _rev, _meta, _attachments, _deleted, ...kept } = doc.toMutableJSON(false);
    return { ...kept, note: "Fissure vue, à surveiller" };
  });
  return (await town.bulkUpsert(edited)).success.length;
}

await answer({ copy: round, settle: round, down: round, edit, up: round, idle: round });
