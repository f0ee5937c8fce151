import path from 'node:path';
import { copyIn, copyOut, countRows, query, type BenchServer } from './bench-database.ts';
import { organisationLines } from './generate.ts';
import { importInProcess } from './import-process.ts';
import { median, mustEqual, type Figures } from './measure.ts';

export type InventorySize = { nodes: number; edges: number };

/** Nodes and edges of the generated organisation, without the usage events that it also has. */
export function* inventoryLines(size: InventorySize & { seed: number }): Generator<string> {
  for (const line of organisationLines(size)) if (!line.startsWith('{"event"')) yield line;
}

/** Times of an inventory by file and by COPY of the same rows into bare tables, taken in turns. */
export class InventoryRounds {
  readonly #server: BenchServer;
  readonly #size: InventorySize;
  readonly #copied: number[] = [];
  readonly #first: number[] = [];
  readonly #again: number[] = [];
  #rows: { nodes: number; edges: number } | null = null;

  constructor(server: BenchServer, size: InventorySize) {
    this.#server = server;
    this.#size = size;
  }

  async round(isCounted: boolean): Promise<void> {
    const { folder } = this.#server;
    const file = path.join(folder, 'inventory.ndjson');
    const ready = { node: path.join(folder, 'node.copy'), edge: path.join(folder, 'edge.copy') };
    const times = await this.#server.withDatabase(async (url) => {
      const first = await importInProcess(file);
      mustEqual('nodes added', first.run?.nodes.added, this.#size.nodes);
      const stored = {
        nodes: await countRows(url, 'node'),
        edges: await countRows(url, "edge WHERE kind <> 'owns'"),
      };
      mustEqual('nodes stored', stored.nodes, this.#size.nodes);
      this.#rows ??= await prepareColumns(url, ready, stored);
      mustEqual('the same rows in every round', stored, this.#rows);
      const again = await importInProcess(file);
      mustEqual('the same inventory', [again.run?.state, again.run?.accepted], ['unchanged', 0]);
      return { first: first.ms, again: again.ms };
    });
    const copied = await this.#copyColumns(ready);
    if (!isCounted) return;
    this.#first.push(times.first);
    this.#again.push(times.again);
    this.#copied.push(copied);
  }

  report(figures: Figures): void {
    const first = median(this.#first);
    figures.ratio('I9', median(this.#copied) / first);
    figures.ratio('I10', median(this.#again) / first);
    figures.detail('COPY of nodes and edges, ms', median(this.#copied));
    figures.detail('inventory, ms', first);
    figures.detail('inventory again, ms', median(this.#again));
  }

  #copyColumns(ready: { node: string; edge: string }): Promise<number> {
    return this.#server.withDatabase(async (url) => {
      await query(url, 'CREATE TABLE bare_node (LIKE node); CREATE TABLE bare_edge (LIKE edge)');
      const ms = await copyIn(url, [
        { into: 'bare_node', file: ready.node },
        { into: 'bare_edge', file: ready.edge },
      ]);
      mustEqual(
        'rows copied',
        { nodes: await countRows(url, 'bare_node'), edges: await countRows(url, 'bare_edge') },
        this.#rows,
      );
      return ms;
    });
  }
}

async function prepareColumns(
  url: string,
  ready: { node: string; edge: string },
  stored: { nodes: number; edges: number },
): Promise<{ nodes: number; edges: number }> {
  await copyOut(url, 'SELECT * FROM node ORDER BY id', ready.node);
  await copyOut(url, "SELECT * FROM edge WHERE kind <> 'owns' ORDER BY id", ready.edge);
  return stored;
}
