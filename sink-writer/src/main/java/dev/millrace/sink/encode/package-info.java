/** From an Avro value to the bytes of a column in binary COPY. Knows neither Kafka nor JDBC. */
package dev.millrace.sink.encode;
