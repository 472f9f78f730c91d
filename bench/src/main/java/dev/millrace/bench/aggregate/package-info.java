/** The aggregator beside the Streams DSL, a pass-through and a bare consumer. */
package dev.millrace.bench.aggregate;
