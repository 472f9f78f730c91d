/** How healthy entities, groups of them and all of them are. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.score;
