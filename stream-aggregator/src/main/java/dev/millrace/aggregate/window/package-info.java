/** Windows of one series: what they hold, when they close. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.window;
