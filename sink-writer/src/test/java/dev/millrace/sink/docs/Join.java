package dev.millrace.sink.docs;

import java.util.List;

/**
 * Columns of two tables that hold the same thing; the second table has one row of it.
 *
 * @param from what refers
 * @param to what is referred to
 */
record Join(Relation from, List<String> fromColumns, Relation to, List<String> toColumns) {}
