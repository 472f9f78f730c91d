/** How far series are from their baselines, in steps of five minutes. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.residual;
