/** `npm run bench -- NAME …`: each benchmark is a file beside this one that exports `run(args)` and `USAGE`. */
type Bench = { run: (args: string[]) => Promise<void>; USAGE: string };

const BENCHES = new Map<string, () => Promise<Bench>>([
  ['generate', () => import('./generate.ts')],
  ['graph', () => import('./graph.ts')],
  ['ingest', () => import('./ingest.ts')],
  ['live', () => import('./live.ts')],
]);

async function main([name, ...args]: string[]): Promise<void> {
  const load = name === undefined ? undefined : BENCHES.get(name);
  if (load) {
    const bench = await load();
    await bench.run(args);
    return;
  }
  const usages = await Promise.all([...BENCHES.values()].map(async (each) => (await each()).USAGE));
  process.stderr.write(`npm run bench -- NAME …\n\n${usages.join('\n\n')}\n`);
  process.exitCode = 2;
}

await main(process.argv.slice(2));

export {};
