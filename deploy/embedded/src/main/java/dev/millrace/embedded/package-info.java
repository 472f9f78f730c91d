/** Kafka and PostgreSQL inside, or under, one JVM. */
package dev.millrace.embedded;
