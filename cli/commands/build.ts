import type { Command } from 'commander';
import { buildOnce } from '#cli/build.ts';

/** `bailiwick build`: builds the web application unless it is built from these sources already. */
export function addBuild(program: Command): void {
  program
    .command('build')
    .description('build the web application if its sources changed')
    .action(async () => console.log((await buildOnce()) ? 'Built.' : 'Already built.'));
}
