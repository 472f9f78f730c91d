/** What is raised by records of other types, once by each. Pure: no Kafka, no JDBC. */
package dev.millrace.aggregate.alert;
