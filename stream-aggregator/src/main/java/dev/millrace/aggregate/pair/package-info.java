/** Records that belong together, and the pairs they make. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.pair;
