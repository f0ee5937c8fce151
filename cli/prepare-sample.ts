import { createDemoUsers } from '#lib/auth/demo-users.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { settleRuns } from '#lib/revocation/settle-runs.ts';
import { DEMO_PEOPLE } from '#lib/sample/demo-people.ts';
import { loadSample } from '#lib/sample/load-sample.ts';

/** Loads the sample organisation with a line per source, and returns how each role signs in. */
export async function prepareSample() {
  const people = await createDemoUsers(DEMO_PEOPLE);
  let started = 0;
  const loaded = await loadSample(
    systemActor('cli', 'Command line'),
    ({ source, position, total }) => {
      started = Date.now();
      process.stdout.write(`  ${String(position).padStart(2)}/${total} ${source} … `);
    },
    (_step, { records, nodes, edges, events, rejected }) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      const changes = [
        `${nodes.added} nodes`,
        `${edges.added} edges`,
        `${events} events`,
        `${rejected} rejected`,
      ];
      console.log(`${records} records: ${changes.join(', ')} (${seconds} s)`);
    },
  );
  await settleRuns();
  return { people, loaded };
}
