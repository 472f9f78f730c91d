/** Rows into tables: COPY, staged upsert, the offsets that commit with them, and what can fail. */
package dev.millrace.sink.write;
