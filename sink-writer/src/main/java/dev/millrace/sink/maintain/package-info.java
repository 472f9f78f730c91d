/** Partitions ahead of time, and rows that leave when their time is over. */
package dev.millrace.sink.maintain;
