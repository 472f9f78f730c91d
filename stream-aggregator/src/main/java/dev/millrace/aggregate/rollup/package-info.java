/** Days of groups, made of the latest rows of other types. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.rollup;
