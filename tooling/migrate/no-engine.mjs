#!/usr/bin/env node
// `prisma generate` wants a schema engine to exist, and would download one; it does not use it.
