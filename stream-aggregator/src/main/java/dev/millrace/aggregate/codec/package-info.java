/** How state becomes bytes. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.codec;
