// Reads one JSON line a question ({ sql }) and answers with one JSON line ({ ms, rows }): the time is DuckDB's alone.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
for await (const line of createInterface({ input: process.stdin })) {
  const { sql } = JSON.parse(line);
  try {
    const began = process.hrtime.bigint();
    const reader = await connection.runAndReadAll(sql);
    const ms = Number(process.hrtime.bigint() - began) / 1e6;
    const rows = reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
    process.stdout.write(JSON.stringify({ ms, rows }) + '\n');
  } catch (error) {
    process.stdout.write(JSON.stringify({ error: String(error) }) + '\n');
  }
}
