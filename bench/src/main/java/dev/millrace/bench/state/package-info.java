/** What the aggregator's state costs: heap, changelog, and the time until it is back. */
package dev.millrace.bench.state;
