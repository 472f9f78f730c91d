/** The sink: topic to table, exactly once. */
package dev.millrace.sink;
