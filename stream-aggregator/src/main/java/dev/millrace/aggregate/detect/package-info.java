/** One series, value in and verdict out, outside of Kafka Streams. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.detect;
