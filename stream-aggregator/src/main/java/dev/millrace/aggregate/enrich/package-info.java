/** What follows from two readings in a row. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.enrich;
