/** How windows, incidents and baselines become records. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.output;
