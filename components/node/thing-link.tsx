import { NameText } from '#components/ui/key-text.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { NODE_KIND_NAMES, NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { NodeKindIcon } from './node-kind-icon.tsx';

/** The address of a thing's card; keys hold slashes and colons, so they are always a parameter. */
export const cardHref = (key: string): string => `/inventory/node?${new URLSearchParams({ key }).toString()}`;

export type ThingLinkProps = {
  thing: { key: string; name: string; kind: string };
  /** Where it leads; its card unless said otherwise. */
  href?: string;
};

/** A thing of the trust graph in a text or a cell: its kind as icon, and as word for screen readers, and its name as link. */
export function ThingLink({ thing, href }: ThingLinkProps) {
  const kind = NODE_KIND_NAMES.find((known) => known === thing.kind);
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-1.5 align-middle">
      {kind && <NodeKindIcon kind={kind} />}
      {kind && <span className="sr-only">{NODE_KINDS[kind].label}</span>}
      <TextLink href={href ?? cardHref(thing.key)} className="min-w-0 truncate" title={thing.key}>
        <NameText value={thing.name} />
      </TextLink>
    </span>
  );
}

export function kindLabel(kind: string): string {
  const known = NODE_KIND_NAMES.find((name) => name === kind);
  return known ? NODE_KINDS[known].label : kind;
}
