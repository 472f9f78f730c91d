/** The kill test: whatever is killed, every record is in its table once. */
package dev.millrace.bench.kill;
