-- Of an import with many rows about few people each milestone finds its own item, and not all that the worker has.
DROP INDEX import_items_worker;
CREATE INDEX import_items_worker ON import_items (worker_id, thing_id) WHERE worker_id IS NOT NULL;
