import { Database, FileInput, Waypoints } from 'lucide-react';
import { Card } from '#components/ui/card.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';

const STEPS = [
  {
    Icon: FileInput,
    title: 'Import an inventory',
    text: 'An account’s IAM details, the objects of a cluster, a catalogue, a table. Files are recognised by their content, and a dry run says what would change.',
  },
  {
    Icon: Database,
    title: 'Import logs',
    text: 'Audit logs show what is used, by whom and with what. Without them every use is unobservable, which is not the same as unused.',
  },
  {
    Icon: Waypoints,
    title: 'Look at the graph',
    text: 'Start at a credential, a repository or an agent, and see how far it reaches and why.',
  },
];

/** An empty installation: what to do next. */
export function FirstSteps({ mayImport }: { mayImport: boolean }) {
  return (
    <div className="grid gap-6">
      <Card className="px-6 py-8">
        <h2 className="text-lg font-semibold">Nothing has been imported yet</h2>
        <p className="mt-1 max-w-prose text-ink-muted">
          Bailiwick shows what your sources know. Import the first file, or load the sample organisation to
          look around: it goes through the same import and can be undone.
        </p>
        {mayImport ? (
          <div className="mt-5 flex flex-wrap gap-2">
            <LinkButton href="/sources" tone="primary">
              Import a file
            </LinkButton>
            <LinkButton href="/sources?sample=1">Load the sample</LinkButton>
          </div>
        ) : (
          <p className="mt-4 text-ink-muted">
            An administrator or a security analyst can do that under Sources.
          </p>
        )}
      </Card>
      <ol className="grid gap-3 md:grid-cols-3">
        {STEPS.map(({ Icon, title, text }, index) => (
          <li key={title}>
            <Card className="h-full">
              <Icon aria-hidden className="size-5 text-ink-faint" />
              <h3 className="mt-3 font-medium">
                {index + 1}. {title}
              </h3>
              <p className="mt-1 text-sm text-ink-muted">{text}</p>
            </Card>
          </li>
        ))}
      </ol>
    </div>
  );
}
