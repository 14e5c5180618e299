import { createServer } from "node:http";

// Answers as web does once it is ready, and tells its process number, so that a test can end it.
createServer((_request, response) => response.end(String(process.pid))).listen(
  Number(process.env.PORT),
  process.env.HOST,
);
