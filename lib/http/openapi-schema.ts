import { z } from 'zod';
import type { JsonObject, JsonValue } from '#lib/core/json.ts';
import { isObject } from '#lib/core/json.ts';

type Direction = 'input' | 'output';

/** Turns zod schemas into the JSON Schemas of one OpenAPI document and collects those that refer to themselves. */
export class SchemaCatalogue {
  readonly #named = new Map<string, JsonValue>();
  /** Names by what they stand for, so that operations with the same shape share one. */
  readonly #nameOf = new Map<string, string>();

  /** `owner` names the operation; definitions that the schema needs are kept under it. */
  schema(schema: z.ZodType, direction: Direction, owner: string): JsonObject {
    const made = z.toJSONSchema(schema, { io: direction, unrepresentable: 'any', reused: 'inline' });
    const { $schema: _dialect, $defs, ...rest } = JSON.parse(JSON.stringify(made)) as JsonObject;
    const prefix = nameOfBody(owner, direction);
    const isRecursive = JSON.stringify(rest).includes('"$ref":"#"');
    const rename = (ref: string) =>
      ref === '#' ? schemaRef(prefix) : schemaRef(`${prefix}_${ref.slice('#/$defs/'.length)}`);
    if (isObject($defs))
      for (const [name, value] of Object.entries($defs))
        this.#named.set(`${prefix}_${name}`, withRefs(value, rename));
    const whole = withRefs(rest, rename) as JsonObject;
    if (!isRecursive) return whole;
    this.#named.set(prefix, whole);
    return { $ref: schemaRef(prefix) };
  }

  /** A body as a schema with a name: that of the first operation that takes or gives this very shape. */
  body(schema: z.ZodType, direction: Direction, owner: string): JsonObject {
    const whole = this.schema(schema, direction, owner);
    if ('$ref' in whole) return whole;
    const text = JSON.stringify(whole);
    const name = this.#nameOf.get(text) ?? nameOfBody(owner, direction);
    this.#nameOf.set(text, name);
    this.#named.set(name, whole);
    return { $ref: schemaRef(name) };
  }

  /** One parameter per member of an object schema. Lists are written with commas between their values. */
  parameters(schema: z.ZodType | undefined, where: 'path' | 'query', owner: string): JsonObject[] {
    if (schema === undefined) return [];
    const { properties, required } = this.schema(schema, 'input', owner);
    const needed = new Set(Array.isArray(required) ? required : []);
    return Object.entries(isObject(properties) ? properties : {}).map(([name, value]) => ({
      name,
      in: where,
      required: where === 'path' || needed.has(name),
      ...(isObject(value) && value['type'] === 'array' ? { style: 'form', explode: false } : {}),
      schema: value,
    }));
  }

  all(): JsonObject {
    return Object.fromEntries(this.#named);
  }
}

const nameOfBody = (owner: string, direction: Direction): string =>
  `${owner}${direction === 'input' ? 'Input' : 'Output'}`;
const schemaRef = (name: string): string => `#/components/schemas/${name}`;

function withRefs(value: JsonValue, rename: (ref: string) => string): JsonValue {
  if (Array.isArray(value)) return value.map((each) => withRefs(each, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' ? rename(member) : withRefs(member, rename),
    ]),
  );
}
