/** Which series deviate together, and which of them first. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.correlate;
