import { databaseUrl } from '#lib/db/connection.ts';
import { schemaSql } from '#lib/db/migrate.ts';

// `node prisma/schema-sql.ts` prints the SQL that makes schema.prisma from nothing: what a new migration is cut from.
console.log(await schemaSql(databaseUrl()));
