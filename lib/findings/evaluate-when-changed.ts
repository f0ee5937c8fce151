import { systemActor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { readGraphVersion } from '#lib/usage/graph-version.ts';
import { EVALUATION_SETTING, evaluateFindings } from './evaluate-findings.ts';

/**
 * Runs the rules when the graph has changed since they last ran, and no import is under way that would change it again at
 * once. The worker calls it every few seconds.
 */
export async function evaluateWhenChanged(): Promise<void> {
  const [version, evaluated, busy] = await Promise.all([
    readGraphVersion(db()),
    db().setting.findUnique({ where: { name: EVALUATION_SETTING } }),
    db().run.findFirst({
      where: { state: { in: ['reading', 'checking', 'committing'] } },
      select: { id: true },
    }),
  ]);
  const last = evaluated?.value as { version?: number } | undefined;
  if (busy !== null || last?.version === version || !(await hasGraph())) return;
  await evaluateFindings(systemActor('system', 'Rules'));
}

const hasGraph = async (): Promise<boolean> => (await db().node.findFirst({ select: { id: true } })) !== null;
