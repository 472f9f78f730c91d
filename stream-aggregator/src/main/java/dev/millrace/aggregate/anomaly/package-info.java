/** Which windows are not normal, and the incidents they make. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.anomaly;
