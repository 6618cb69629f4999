// The workload's rows as an RxDB collection, in memory: what it has for Node without a licence.
import { createRxDatabase } from "rxdb/plugins/core";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";

export async function collectionOf(name, columns) {
  const properties = Object.fromEntries(columns.map((column) => [column, {}]));
  properties.id = { type: "string", maxLength: 36 };
  const database = await createRxDatabase({
    name,
    storage: getRxStorageMemory(),
    multiInstance: false,
    eventReduce: false,
  });
  const schema = { version: 0, primaryKey: "id", type: "object", properties };
  await database.addCollections({ town: { schema } });
  return database.town;
}
