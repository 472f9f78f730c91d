/** What models are trained on, and how well they do. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.learn;
