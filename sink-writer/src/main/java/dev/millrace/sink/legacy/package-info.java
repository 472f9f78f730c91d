/** Rows of older tables, moved into ours. */
package dev.millrace.sink.legacy;
