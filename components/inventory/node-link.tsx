import { NodeKindIcon } from '#components/node/node-kind-icon.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { NODE_KINDS, type NodeKind } from '#lib/ontology/node-kinds.ts';
import { nodeHref } from './words.ts';

/** A node named in a text or a cell: its kind as icon and word for screen readers, its name, a link to its card. */
export function NodeLink({ node }: { node: { key: string; name: string; kind: NodeKind } }) {
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle">
      <NodeKindIcon kind={node.kind} />
      <span className="sr-only">{NODE_KINDS[node.kind].label}</span>
      <TextLink href={nodeHref(node.key)} className="min-w-0 truncate" title={node.key}>
        <NameText value={node.name} />
      </TextLink>
    </span>
  );
}
