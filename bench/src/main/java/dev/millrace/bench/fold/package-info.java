/** The kill test of the aggregator: whatever is killed, every window is what its samples give. */
package dev.millrace.bench.fold;
