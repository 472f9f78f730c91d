/** What is normal for a scope, by season. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.baseline;
