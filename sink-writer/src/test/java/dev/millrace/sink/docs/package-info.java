/** Writes what docs/schema.md and its pages say of tables, from the database and the catalogue. */
package dev.millrace.sink.docs;
