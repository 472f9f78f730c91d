/** What a record is. Pure: no Kafka, no JDBC. */
package dev.millrace.schema;
