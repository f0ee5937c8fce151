import { defineConfig } from 'prisma/config';

// `prisma generate` wants a native engine only to find that it exists; it is never run. Without this line it would be downloaded.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema.prisma' });
